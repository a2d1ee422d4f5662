-- The coach party at the machine takes the first place.
WITH result AS (
  SELECT evening, sum(quantity) AS pieces,
         dense_rank() OVER (ORDER BY sum(quantity) DESC) AS place
  FROM   sale
  GROUP  BY evening
)
SELECT place, evening, pieces
FROM   result
WHERE  place <= 3
ORDER  BY place, evening;
