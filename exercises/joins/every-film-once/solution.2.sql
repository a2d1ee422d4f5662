SELECT f.id, f.title, f.year
FROM   film      AS f
JOIN   screening AS s ON s.film_id = f.id
GROUP  BY f.id
HAVING count(DISTINCT s.hall_id) > 1;
