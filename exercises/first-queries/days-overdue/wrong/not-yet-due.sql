-- Lists everything that is not back, also what need not be back before next week.
SELECT id, member_id,
       coalesce(returned_on, date '2025-11-01') - due_on AS days_late
FROM   loan
WHERE  returned_on > due_on OR returned_on IS NULL
ORDER  BY days_late DESC, id;
