-- A plain join gives one row for each ticket.
SELECT m.id, m.first_name
FROM   member    AS m
JOIN   ticket    AS t ON t.member_id = m.id AND t.refunded_at IS NULL
JOIN   screening AS s ON s.id = t.screening_id
WHERE  s.starts_at >= '2025-03-01'
  AND  s.starts_at <  '2025-04-01';
