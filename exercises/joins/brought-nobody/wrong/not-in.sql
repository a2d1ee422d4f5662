-- The list contains NULL, so NOT IN is never true.
SELECT id, first_name
FROM   member
WHERE  id NOT IN (SELECT invited_by FROM member);
