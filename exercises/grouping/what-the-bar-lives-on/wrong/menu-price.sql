-- Multiplies with today's price instead of adding up what was paid.
SELECT d.kind, sum(s.quantity) AS pieces, sum(s.quantity * d.price) AS takings
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY d.kind;
