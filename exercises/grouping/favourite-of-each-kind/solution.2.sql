WITH sold AS (
  SELECT d.kind, d.name, sum(s.quantity) AS pieces
  FROM   sale  AS s
  JOIN   drink AS d ON d.id = s.drink_id
  GROUP  BY d.kind, d.name
)
SELECT kind, name, pieces
FROM   sold
WHERE  (kind, pieces) IN (SELECT kind, max(pieces) FROM sold GROUP BY kind);
