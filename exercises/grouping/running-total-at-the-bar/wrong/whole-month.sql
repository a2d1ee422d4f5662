-- Without ORDER BY in the window each evening shows the total of the whole month.
SELECT evening, sum(paid) AS takings,
       sum(sum(paid)) OVER (PARTITION BY date_trunc('month', evening)) AS month_so_far
FROM   sale
GROUP  BY evening
ORDER  BY evening;
