-- AND binds tighter than OR, so every tool gets in, whatever it costs.
SELECT name, category, daily_fee
FROM   item
WHERE  category = 'tools' OR category = 'camping'
  AND  daily_fee <= 1.50;
