-- Seven days read as "plus seven" instead of "seven times".
SELECT name, daily_fee, daily_fee + 7 AS week_fee
FROM   item;
