SELECT id, holder, kind
FROM   card
WHERE  id = 31415;
