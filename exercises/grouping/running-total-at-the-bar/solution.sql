SELECT evening,
       sum(paid) AS takings,
       sum(sum(paid)) OVER (PARTITION BY date_trunc('month', evening) ORDER BY evening) AS month_so_far
FROM   sale
GROUP  BY evening
ORDER  BY evening;
