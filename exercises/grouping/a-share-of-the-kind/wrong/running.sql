-- ORDER BY in the window makes a running sum, so only the last drink of a kind is set against all of it.
SELECT d.kind, d.name,
       sum(s.paid) AS takings,
       round(100 * sum(s.paid) / sum(sum(s.paid)) OVER (PARTITION BY d.kind ORDER BY d.name), 1) AS percent
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY d.kind, d.name;
