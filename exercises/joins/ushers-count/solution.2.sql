SELECT s.id AS screening, t.n AS tickets, c.people
FROM   screening AS s
LEFT   JOIN (SELECT screening_id, count(*) AS n
             FROM   ticket
             WHERE  refunded_at IS NULL
             GROUP  BY screening_id) AS t ON t.screening_id = s.id
LEFT   JOIN headcount AS c ON c.screening_id = s.id
WHERE  t.n IS DISTINCT FROM c.people
  AND  s.starts_at >= '2025-03-01'
  AND  s.starts_at <  '2025-04-07'
ORDER  BY s.id;
