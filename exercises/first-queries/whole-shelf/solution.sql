SELECT name, category, daily_fee
FROM   item;
