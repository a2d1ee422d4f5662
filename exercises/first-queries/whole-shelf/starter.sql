SELECT name
FROM   item;
