SELECT id, name, bought_on
FROM   item
WHERE  extract(year FROM bought_on) = 2023;
