SELECT f.id, f.title
FROM   film AS f
LEFT   JOIN screening AS s ON s.film_id = f.id
WHERE  s.id IS NULL;
