SELECT id, holder, kind
FROM   card
WHERE  id::text = '31415';
