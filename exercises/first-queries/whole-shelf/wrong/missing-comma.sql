-- Without the comma, category becomes a new name for the column name, and one column is lost.
SELECT name category, daily_fee
FROM   item;
