-- An evening on which the house paid for everything was open as well.
SELECT date_trunc('month', evening)::date AS month, count(DISTINCT evening) AS evenings, sum(paid) AS takings
FROM   sale
WHERE  paid > 0
GROUP  BY 1
ORDER  BY month;
