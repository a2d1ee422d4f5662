-- The full join keeps the lonely rows, and <> drops them again because NULL <> 5 is unknown.
SELECT coalesce(t.screening_id, c.screening_id) AS screening, t.n AS tickets, c.people
FROM   (SELECT screening_id, count(*) AS n
        FROM   ticket
        WHERE  refunded_at IS NULL
        GROUP  BY screening_id) AS t
FULL   JOIN headcount AS c ON c.screening_id = t.screening_id
JOIN   screening AS s ON s.id = coalesce(t.screening_id, c.screening_id)
WHERE  t.n <> c.people
  AND  s.starts_at >= '2025-03-01'
  AND  s.starts_at <  '2025-04-07'
ORDER  BY screening;
