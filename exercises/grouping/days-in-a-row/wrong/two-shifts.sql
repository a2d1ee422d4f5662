-- Numbers shifts, not days: an early and a late shift break the run apart.
WITH marked AS (
  SELECT barkeeper_id, day,
         day - row_number() OVER (PARTITION BY barkeeper_id ORDER BY day)::integer AS island
  FROM   shift
)
SELECT b.first_name, min(m.day) AS first_day, max(m.day) AS last_day, count(*) AS days
FROM   marked AS m
JOIN   barkeeper AS b ON b.id = m.barkeeper_id
GROUP  BY b.id, m.island
HAVING count(*) >= 5
ORDER  BY b.first_name, first_day;
