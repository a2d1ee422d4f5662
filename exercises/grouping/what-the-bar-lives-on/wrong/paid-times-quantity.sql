-- paid is already for the whole quantity.
SELECT d.kind, sum(s.quantity) AS pieces, sum(s.paid * s.quantity) AS takings
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY d.kind;
