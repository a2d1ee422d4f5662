-- An inner join forgets the barkeeper who has not sold anything yet.
SELECT b.first_name,
       coalesce(sum(s.paid) FILTER (WHERE s.sold_at <  s.evening + time '21:00'), 0) AS before_nine,
       coalesce(sum(s.paid) FILTER (WHERE s.sold_at >= s.evening + time '21:00'), 0) AS from_nine
FROM   barkeeper AS b
JOIN   sale AS s ON s.barkeeper_id = b.id
GROUP  BY b.id;
