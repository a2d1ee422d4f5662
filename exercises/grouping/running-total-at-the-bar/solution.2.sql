WITH per_evening AS (
  SELECT evening, sum(paid) AS takings
  FROM   sale
  GROUP  BY evening
)
SELECT a.evening, a.takings, sum(b.takings) AS month_so_far
FROM   per_evening AS a
JOIN   per_evening AS b ON b.evening <= a.evening
                       AND date_trunc('month', b.evening) = date_trunc('month', a.evening)
GROUP  BY a.evening, a.takings
ORDER  BY a.evening;
