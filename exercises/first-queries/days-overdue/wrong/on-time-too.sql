-- >= counts things that came back on the day: zero days late.
SELECT id, member_id,
       coalesce(returned_on, date '2025-11-01') - due_on AS days_late
FROM   loan
WHERE  coalesce(returned_on, date '2025-11-01') >= due_on
ORDER  BY days_late DESC, id;
