SELECT name, daily_fee
FROM   item
WHERE  daily_fee < 2;
