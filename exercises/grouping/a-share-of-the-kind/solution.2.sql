WITH per_drink AS (
  SELECT d.kind, d.name, sum(s.paid) AS takings
  FROM   sale AS s
  JOIN   drink AS d ON d.id = s.drink_id
  GROUP  BY d.kind, d.name
)
SELECT p.kind, p.name, p.takings,
       round(100 * p.takings / (SELECT sum(q.takings) FROM per_drink AS q WHERE q.kind = p.kind), 1) AS percent
FROM   per_drink AS p;
