-- Counts drinks instead of money: every espresso weighs the same as every other drink of the kind.
SELECT d.kind, d.name,
       sum(s.paid) AS takings,
       round(100.0 / count(*) OVER (PARTITION BY d.kind), 1) AS percent
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY d.kind, d.name;
