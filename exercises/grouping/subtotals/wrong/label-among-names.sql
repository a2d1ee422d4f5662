-- The total is last, but within a kind the line "all" is sorted among the names.
SELECT CASE WHEN grouping(d.kind) = 1 THEN 'all' ELSE d.kind END AS kind,
       CASE WHEN grouping(d.name) = 1 THEN 'all' ELSE d.name END AS name,
       sum(s.paid) AS takings
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY ROLLUP (d.kind, d.name)
ORDER  BY grouping(d.kind), 1, 2;
