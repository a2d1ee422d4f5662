SELECT b.first_name,
       sum(CASE WHEN s.sold_at <  s.evening + time '21:00' THEN s.paid ELSE 0 END) AS before_nine,
       sum(CASE WHEN s.sold_at >= s.evening + time '21:00' THEN s.paid ELSE 0 END) AS from_nine
FROM   barkeeper AS b
LEFT   JOIN sale AS s ON s.barkeeper_id = b.id
GROUP  BY b.id;
