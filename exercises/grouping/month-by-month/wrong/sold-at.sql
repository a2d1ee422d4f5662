-- By the clock, what is sold after midnight opens the next day, and now and then the next month.
SELECT date_trunc('month', sold_at)::date AS month, count(DISTINCT sold_at::date) AS evenings, sum(paid) AS takings
FROM   sale
GROUP  BY 1
ORDER  BY month;
