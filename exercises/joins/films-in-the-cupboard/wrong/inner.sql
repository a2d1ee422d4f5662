-- An inner join has dropped those films before WHERE looks for them.
SELECT f.id, f.title
FROM   film AS f
JOIN   screening AS s ON s.film_id = f.id
WHERE  s.id IS NULL;
