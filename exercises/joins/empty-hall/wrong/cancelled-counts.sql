-- A cancelled screening keeps the hall busy here.
SELECT h.id, h.name
FROM   hall AS h
LEFT   JOIN screening AS s
       ON  s.hall_id = h.id
       AND s.starts_at >= '2025-03-10'
       AND s.starts_at <  '2025-03-17'
WHERE  s.id IS NULL;
