-- Without PARTITION BY it is the share of everything the bar took.
SELECT d.kind, d.name,
       sum(s.paid) AS takings,
       round(100 * sum(s.paid) / sum(sum(s.paid)) OVER (), 1) AS percent
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY d.kind, d.name;
