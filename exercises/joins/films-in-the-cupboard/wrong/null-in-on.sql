-- The question stands in ON: no pair fits, so every film comes through without a partner.
SELECT f.id, f.title
FROM   film AS f
LEFT   JOIN screening AS s ON s.film_id = f.id AND s.id IS NULL;
