-- "At most" written as "less than": what costs exactly 1.50 is lost.
SELECT name, category, daily_fee
FROM   item
WHERE  category IN ('tools', 'camping')
  AND  daily_fee < 1.50;
