-- A sum over nothing is NULL, not 0.
SELECT b.first_name,
       sum(s.paid) FILTER (WHERE s.sold_at <  s.evening + time '21:00') AS before_nine,
       sum(s.paid) FILTER (WHERE s.sold_at >= s.evening + time '21:00') AS from_nine
FROM   barkeeper AS b
LEFT   JOIN sale AS s ON s.barkeeper_id = b.id
GROUP  BY b.id;
