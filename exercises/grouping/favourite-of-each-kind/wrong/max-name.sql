-- max(name) and max(quantity) come from different rows: the last name in the alphabet beside the largest single sale.
SELECT d.kind, max(d.name) AS name, max(s.quantity) AS pieces
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY d.kind;
