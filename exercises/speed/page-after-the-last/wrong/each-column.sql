-- Compares each column by itself: a later tap at a lower station is lost.
SELECT tapped_at, station_id, card_id
FROM   tap
WHERE  tapped_at >= '2025-04-19 17:30' AND station_id >= 60 AND card_id > 20000
ORDER  BY tapped_at, station_id, card_id
LIMIT  20;
