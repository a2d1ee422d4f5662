-- A week from Monday on, which jumps once a week instead of sliding.
SELECT evening, sum(paid) AS takings,
       sum(sum(paid)) OVER (PARTITION BY date_trunc('week', evening) ORDER BY evening) AS seven_days
FROM   sale
GROUP  BY evening
ORDER  BY evening;
