SELECT name, category, daily_fee
FROM   item
WHERE  (category = 'tools' OR category = 'camping')
  AND  daily_fee <= 1.50;
