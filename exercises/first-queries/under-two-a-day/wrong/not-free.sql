-- Leaves out what is free, as if 0 were no price.
SELECT name, daily_fee
FROM   item
WHERE  daily_fee > 0 AND daily_fee < 2;
