WITH takings AS (
  SELECT d.kind, d.name, sum(s.paid) AS takings
  FROM   sale AS s JOIN drink AS d ON d.id = s.drink_id
  GROUP  BY d.kind, d.name
), lines AS (
  SELECT 0 AS a, 0 AS b, kind, name, takings FROM takings
  UNION ALL
  SELECT 0, 1, kind, 'all', sum(takings) FROM takings GROUP BY kind
  UNION ALL
  SELECT 1, 1, 'all', 'all', sum(takings) FROM takings
)
SELECT kind, name, takings FROM lines ORDER BY a, kind, b, name;
