-- Cuts the clock into slots of 90 minutes instead of looking for lulls.
SELECT evening,
       dense_rank() OVER (PARTITION BY evening ORDER BY date_bin('90 minutes', sold_at, evening)) AS rush,
       min(sold_at) AS from_at, max(sold_at) AS to_at, count(*) AS sales
FROM   sale
WHERE  evening >= '2025-03-15'
GROUP  BY evening, date_bin('90 minutes', sold_at, evening)
ORDER  BY evening, rush;
