-- < together with the last day loses that day.
SELECT id, name, bought_on
FROM   item
WHERE  bought_on >= '2023-01-01'
  AND  bought_on <  '2023-12-31';
