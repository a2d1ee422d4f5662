-- "Under two" written as at most two: the boundary slips in.
SELECT name, daily_fee
FROM   item
WHERE  daily_fee <= 2;
