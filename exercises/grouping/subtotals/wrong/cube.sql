-- CUBE adds every combination, so there is also a total for each drink without its kind.
SELECT CASE WHEN grouping(d.kind) = 1 THEN 'all' ELSE d.kind END AS kind,
       CASE WHEN grouping(d.name) = 1 THEN 'all' ELSE d.name END AS name,
       sum(s.paid) AS takings
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY CUBE (d.kind, d.name)
ORDER  BY grouping(d.kind), d.kind, grouping(d.name), d.name;
