-- "Tools and camping" in the mouth becomes AND in the query, and no item is in both.
SELECT name, category, daily_fee
FROM   item
WHERE  category = 'tools' AND category = 'camping'
  AND  daily_fee <= 1.50;
