-- Asks about member and film apart: has a ticket for anything, and the film was seen by anybody.
SELECT member_id, film_id
FROM   wish
WHERE  member_id IN (SELECT member_id FROM ticket WHERE refunded_at IS NULL)
  AND  film_id IN (SELECT s.film_id FROM ticket AS t JOIN screening AS s ON s.id = t.screening_id)
ORDER  BY member_id, film_id;
