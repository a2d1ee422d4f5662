SELECT name, category, daily_fee
FROM   item
WHERE  category IN ('tools', 'camping')
  AND  daily_fee <= 1.50;
