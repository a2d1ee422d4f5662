-- One numbering for all: a day on which anybody worked continues everybody's run.
WITH worked AS (
  SELECT DISTINCT barkeeper_id, day
  FROM   shift
), marked AS (
  SELECT barkeeper_id, day,
         day - dense_rank() OVER (ORDER BY day)::integer AS island
  FROM   worked
)
SELECT b.first_name, min(m.day) AS first_day, max(m.day) AS last_day, count(*) AS days
FROM   marked AS m
JOIN   barkeeper AS b ON b.id = m.barkeeper_id
GROUP  BY b.id, m.island
HAVING count(*) >= 5
ORDER  BY b.first_name, first_day;
