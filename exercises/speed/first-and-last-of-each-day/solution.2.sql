SELECT day::date AS day, f.tapped_at AS first_tap, l.tapped_at AS last_tap
FROM   generate_series(timestamp '2025-03-01', timestamp '2025-05-25', interval '1 day') AS day
LEFT   JOIN LATERAL (SELECT t.tapped_at FROM tap AS t
                     WHERE  t.tapped_at >= day AND t.tapped_at < day + interval '1 day'
                     ORDER  BY t.tapped_at LIMIT 1) AS f ON true
LEFT   JOIN LATERAL (SELECT t.tapped_at FROM tap AS t
                     WHERE  t.tapped_at >= day AND t.tapped_at < day + interval '1 day'
                     ORDER  BY t.tapped_at DESC LIMIT 1) AS l ON true
ORDER  BY day;
