WITH worked AS (
  SELECT DISTINCT barkeeper_id, day
  FROM   shift
), begun AS (
  SELECT barkeeper_id, day,
         day - lag(day) OVER (PARTITION BY barkeeper_id ORDER BY day) IS DISTINCT FROM 1 AS is_first
  FROM   worked
), numbered AS (
  SELECT barkeeper_id, day,
         count(*) FILTER (WHERE is_first) OVER (PARTITION BY barkeeper_id ORDER BY day) AS island
  FROM   begun
)
SELECT b.first_name, min(n.day) AS first_day, max(n.day) AS last_day, count(*) AS days
FROM   numbered AS n
JOIN   barkeeper AS b ON b.id = n.barkeeper_id
GROUP  BY b.id, n.island
HAVING count(*) >= 5
ORDER  BY b.first_name, first_day;
