-- > instead of >= leaves out New Year's Day.
SELECT id, name, bought_on
FROM   item
WHERE  bought_on > '2023-01-01'
  AND  bought_on < '2024-01-01';
