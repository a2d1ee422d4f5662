SELECT name, daily_fee, id
FROM   item
WHERE  category IN ('music', 'garden')
ORDER  BY daily_fee DESC, name, id;
