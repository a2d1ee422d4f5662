-- Without PARTITION BY there is one favourite for the whole menu.
WITH sold AS (
  SELECT d.kind, d.name, sum(s.quantity) AS pieces,
         rank() OVER (ORDER BY sum(s.quantity) DESC) AS place
  FROM   sale  AS s
  JOIN   drink AS d ON d.id = s.drink_id
  GROUP  BY d.kind, d.name
)
SELECT kind, name, pieces
FROM   sold
WHERE  place = 1;
