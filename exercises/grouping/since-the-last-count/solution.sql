SELECT drink_id, counted_on, bottles,
       bottles - lag(bottles) OVER (PARTITION BY drink_id ORDER BY counted_on) AS change
FROM   stock_count
ORDER  BY drink_id, counted_on;
