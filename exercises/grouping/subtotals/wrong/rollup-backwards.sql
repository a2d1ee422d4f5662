-- The order inside ROLLUP decides which subtotals there are: these are per drink, not per kind.
SELECT CASE WHEN grouping(d.kind) = 1 THEN 'all' ELSE d.kind END AS kind,
       CASE WHEN grouping(d.name) = 1 THEN 'all' ELSE d.name END AS name,
       sum(s.paid) AS takings
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY ROLLUP (d.name, d.kind)
ORDER  BY grouping(d.kind), d.kind, grouping(d.name), d.name;
