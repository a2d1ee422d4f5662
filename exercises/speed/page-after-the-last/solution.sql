SELECT tapped_at, station_id, card_id
FROM   tap
WHERE  (tapped_at, station_id, card_id) > (timestamp '2025-04-19 17:30', 60, 20000)
  AND  card_id IS NOT NULL
ORDER  BY tapped_at, station_id, card_id
LIMIT  20;
