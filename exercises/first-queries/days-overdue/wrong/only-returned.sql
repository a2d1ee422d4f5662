-- What is not back has no returned_on, so the difference is NULL and the worst cases vanish.
SELECT id, member_id, returned_on - due_on AS days_late
FROM   loan
WHERE  returned_on > due_on
ORDER  BY days_late DESC, id;
