SELECT h.id, h.name
FROM   hall AS h
WHERE  NOT EXISTS (SELECT FROM screening AS s
                   WHERE  s.hall_id = h.id
                     AND  s.starts_at >= '2025-03-10'
                     AND  s.starts_at <  '2025-03-17'
                     AND  s.cancelled_at IS NULL);
