-- lead looks at the count that comes next.
SELECT drink_id, counted_on, bottles,
       bottles - lead(bottles) OVER (PARTITION BY drink_id ORDER BY counted_on) AS change
FROM   stock_count;
