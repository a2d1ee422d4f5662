-- These were not invited by anybody, which is the other direction.
SELECT id, first_name
FROM   member
WHERE  invited_by IS NULL;
