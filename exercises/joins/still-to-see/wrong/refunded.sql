-- Counts tickets that were given back as seen, and closes wishes that are open.
SELECT open.member_id, m.first_name, f.title, open.film_id
FROM   (SELECT member_id, film_id
        FROM   wish
        EXCEPT
        SELECT t.member_id, s.film_id
        FROM   ticket AS t
        JOIN   screening AS s ON s.id = t.screening_id) AS open
JOIN   member AS m ON m.id = open.member_id
JOIN   film   AS f ON f.id = open.film_id
ORDER  BY open.member_id, open.film_id;
