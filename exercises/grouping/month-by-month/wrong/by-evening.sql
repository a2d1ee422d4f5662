-- The group key is still the evening, so there is a row for each.
SELECT date_trunc('month', evening)::date AS month, count(DISTINCT evening) AS evenings, sum(paid) AS takings
FROM   sale
GROUP  BY evening
ORDER  BY month;
