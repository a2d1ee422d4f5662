-- Compares the screenings, not the halls: two evenings in one hall are enough here.
SELECT DISTINCT f.id, f.title, f.year
FROM   film      AS f
JOIN   screening AS a ON a.film_id = f.id
JOIN   screening AS b ON b.film_id = f.id AND b.id <> a.id;
