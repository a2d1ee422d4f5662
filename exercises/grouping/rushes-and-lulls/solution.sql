WITH gap AS (
  SELECT evening, sold_at,
         sold_at - lag(sold_at) OVER (PARTITION BY evening ORDER BY sold_at) AS since
  FROM   sale
  WHERE  evening >= '2025-03-15'
), numbered AS (
  SELECT evening, sold_at,
         count(*) FILTER (WHERE since IS NULL OR since >= interval '90 minutes')
                  OVER (PARTITION BY evening ORDER BY sold_at) AS rush
  FROM   gap
)
SELECT evening, rush, min(sold_at) AS from_at, max(sold_at) AS to_at, count(*) AS sales
FROM   numbered
GROUP  BY evening, rush
ORDER  BY evening, rush;
