-- Sorted by the label, "all" comes before beer: the total is on top.
SELECT CASE WHEN grouping(d.kind) = 1 THEN 'all' ELSE d.kind END AS kind,
       CASE WHEN grouping(d.name) = 1 THEN 'all' ELSE d.name END AS name,
       sum(s.paid) AS takings
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY ROLLUP (d.kind, d.name)
ORDER  BY 1, 2;
