-- DISTINCT "to be tidy" drops the second of two equal rows, and the room owns both.
SELECT DISTINCT name, category, daily_fee
FROM   item;
