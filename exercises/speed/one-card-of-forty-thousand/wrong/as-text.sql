-- The cast makes a text of every id, and the index has no texts.
SELECT id, holder, kind
FROM   card
WHERE  id::text = '31415';
