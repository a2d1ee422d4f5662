-- Counts sales instead of evenings.
SELECT date_trunc('month', evening)::date AS month, count(evening) AS evenings, sum(paid) AS takings
FROM   sale
GROUP  BY 1
ORDER  BY month;
