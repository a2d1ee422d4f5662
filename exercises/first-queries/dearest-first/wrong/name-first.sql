-- The first key decides, so this is a list by name in which the fee never matters.
SELECT name, daily_fee, id
FROM   item
WHERE  category IN ('music', 'garden')
ORDER  BY name, daily_fee DESC, id;
