SELECT date_trunc('month', evening)::date AS month,
       count(DISTINCT evening)            AS evenings,
       sum(paid)                          AS takings
FROM   sale
GROUP  BY 1
ORDER  BY month;
