-- count(*) counts sales, and one sale may be for three pieces.
SELECT d.kind, count(*) AS pieces, sum(s.paid) AS takings
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY d.kind;
