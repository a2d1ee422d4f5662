SELECT DISTINCT f.id, f.title, f.year
FROM   film      AS f
JOIN   screening AS a ON a.film_id = f.id
JOIN   screening AS b ON b.film_id = f.id AND b.hall_id <> a.hall_id;
