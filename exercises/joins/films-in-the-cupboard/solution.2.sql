SELECT f.id, f.title
FROM   film AS f
WHERE  NOT EXISTS (SELECT FROM screening AS s WHERE s.film_id = f.id);
