-- Without an end, the quiet day shows the first tap of the next one.
SELECT day::date AS day,
       (SELECT min(t.tapped_at) FROM tap AS t WHERE t.tapped_at >= day) AS first_tap,
       (SELECT max(t.tapped_at) FROM tap AS t WHERE t.tapped_at < day + interval '1 day') AS last_tap
FROM   generate_series(timestamp '2025-03-01', timestamp '2025-05-25', interval '1 day') AS day
ORDER  BY day;
