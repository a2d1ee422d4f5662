-- With the retired items in the list, the pages break at other places.
SELECT id, name
FROM   item
ORDER  BY name, id
LIMIT  5 OFFSET 5;
