-- Begins the minute again, so rows of the last page come twice.
SELECT tapped_at, station_id, card_id
FROM   tap
WHERE  tapped_at >= '2025-04-19 17:30'
  AND  card_id IS NOT NULL
ORDER  BY tapped_at, station_id, card_id
LIMIT  20;
