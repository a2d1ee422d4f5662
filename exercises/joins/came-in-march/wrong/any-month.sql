-- Forgets the month.
SELECT m.id, m.first_name
FROM   member AS m
WHERE  EXISTS (SELECT FROM ticket AS t
               WHERE  t.member_id = m.id AND t.refunded_at IS NULL);
