-- A left join from the tickets misses evenings that only the usher knows.
SELECT s.id AS screening, t.n AS tickets, c.people
FROM   (SELECT screening_id, count(*) AS n
        FROM   ticket
        WHERE  refunded_at IS NULL
        GROUP  BY screening_id) AS t
JOIN   screening AS s ON s.id = t.screening_id
LEFT   JOIN headcount AS c ON c.screening_id = t.screening_id
WHERE  t.n IS DISTINCT FROM c.people
  AND  s.starts_at >= '2025-03-01'
  AND  s.starts_at <  '2025-04-07'
ORDER  BY s.id;
