-- Groups a million taps, and has no row for the day on which nothing ran.
SELECT tapped_at::date AS day, min(tapped_at) AS first_tap, max(tapped_at) AS last_tap
FROM   tap
GROUP  BY tapped_at::date
ORDER  BY day;
