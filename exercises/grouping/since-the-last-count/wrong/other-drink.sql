-- Without PARTITION BY the first count of one drink is compared with the last of another.
SELECT drink_id, counted_on, bottles,
       bottles - lag(bottles) OVER (ORDER BY drink_id, counted_on) AS change
FROM   stock_count;
