-- BETWEEN includes both ends, so the first day of 2024 gets in.
SELECT id, name, bought_on
FROM   item
WHERE  bought_on BETWEEN '2023-01-01' AND '2024-01-01';
