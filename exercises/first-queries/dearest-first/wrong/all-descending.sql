-- DESC on every key: ties come from Z to A.
SELECT name, daily_fee, id
FROM   item
WHERE  category IN ('music', 'garden')
ORDER  BY daily_fee DESC, name DESC, id;
