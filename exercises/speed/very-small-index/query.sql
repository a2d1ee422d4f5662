SELECT count(*) AS taps, sum(fare_cents) AS fares
FROM   tap
WHERE  tapped_at >= '2025-04-07'
  AND  tapped_at <  '2025-04-08';
