-- Without the first %, only names that begin with the word are found.
SELECT id, name
FROM   item
WHERE  name ILIKE 'ladder%';
