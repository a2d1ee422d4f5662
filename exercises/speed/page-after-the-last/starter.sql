SELECT tapped_at, station_id, card_id
FROM   tap
WHERE  card_id IS NOT NULL
ORDER  BY tapped_at, station_id, card_id
LIMIT  20 OFFSET 553975;
