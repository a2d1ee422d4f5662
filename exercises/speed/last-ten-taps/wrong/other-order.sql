-- Sorted by the card first, the index on the time can't help, and these aren't the latest.
SELECT t.tapped_at, s.name AS station, t.card_id
FROM   tap AS t
JOIN   station AS s ON s.id = t.station_id
ORDER  BY t.card_id DESC, t.tapped_at DESC, t.station_id DESC
LIMIT  10;
