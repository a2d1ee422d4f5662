-- row_number gives the first place only once, so one of two level drinks is lost.
WITH sold AS (
  SELECT d.kind, d.name, sum(s.quantity) AS pieces,
         row_number() OVER (PARTITION BY d.kind ORDER BY sum(s.quantity) DESC, d.name) AS place
  FROM   sale  AS s
  JOIN   drink AS d ON d.id = s.drink_id
  GROUP  BY d.kind, d.name
)
SELECT kind, name, pieces
FROM   sold
WHERE  place = 1;
