-- Leaves out what was cancelled, but the reels had been carried by then.
SELECT DISTINCT f.id, f.title, f.year
FROM   film      AS f
JOIN   screening AS a ON a.film_id = f.id AND a.cancelled_at IS NULL
JOIN   screening AS b ON b.film_id = f.id AND b.cancelled_at IS NULL AND b.hall_id <> a.hall_id;
