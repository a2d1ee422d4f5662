-- On the clock alone, ten past midnight looks earlier than nine.
SELECT b.first_name,
       coalesce(sum(s.paid) FILTER (WHERE s.sold_at::time <  '21:00'), 0) AS before_nine,
       coalesce(sum(s.paid) FILTER (WHERE s.sold_at::time >= '21:00'), 0) AS from_nine
FROM   barkeeper AS b
LEFT   JOIN sale AS s ON s.barkeeper_id = b.id
GROUP  BY b.id;
