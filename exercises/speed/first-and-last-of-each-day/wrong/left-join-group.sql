-- Every day is there now, and every tap is still read.
SELECT day::date AS day, min(t.tapped_at) AS first_tap, max(t.tapped_at) AS last_tap
FROM   generate_series(timestamp '2025-03-01', timestamp '2025-05-25', interval '1 day') AS day
LEFT   JOIN tap AS t ON t.tapped_at >= day AND t.tapped_at < day + interval '1 day'
GROUP  BY day
ORDER  BY day;
