-- A film whose screenings were all cancelled was in the programme all the same.
SELECT f.id, f.title
FROM   film AS f
LEFT   JOIN screening AS s ON s.film_id = f.id AND s.cancelled_at IS NULL
WHERE  s.id IS NULL;
