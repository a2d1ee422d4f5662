-- Compares titles: the remake's screenings hide the old film of the same name.
SELECT f.id, f.title
FROM   film AS f
WHERE  f.title NOT IN (SELECT g.title FROM screening AS s JOIN film AS g ON g.id = s.film_id);
