SELECT tapped_at, station_id, card_id
FROM   tap
WHERE  tapped_at >= '2025-04-19 17:30'
  AND  (tapped_at > '2025-04-19 17:30' OR station_id > 60 OR station_id = 60 AND card_id > 20000)
  AND  card_id IS NOT NULL
ORDER  BY tapped_at, station_id, card_id
LIMIT  20;
