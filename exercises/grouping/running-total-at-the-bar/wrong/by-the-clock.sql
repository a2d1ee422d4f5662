-- Groups by the date on the clock, so half past midnight becomes an evening of its own.
SELECT sold_at::date AS evening, sum(paid) AS takings,
       sum(sum(paid)) OVER (PARTITION BY date_trunc('month', sold_at::date) ORDER BY sold_at::date) AS month_so_far
FROM   sale
GROUP  BY sold_at::date
ORDER  BY evening;
