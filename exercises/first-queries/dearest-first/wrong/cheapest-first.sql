-- Without DESC the smallest fee comes first.
SELECT name, daily_fee, id
FROM   item
WHERE  category IN ('music', 'garden')
ORDER  BY daily_fee, name, id;
