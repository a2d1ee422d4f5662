SELECT t.tapped_at, s.name AS station, t.card_id
FROM   tap AS t
JOIN   station AS s ON s.id = t.station_id
ORDER  BY t.tapped_at DESC NULLS LAST, t.card_id DESC, t.station_id DESC
LIMIT  10;
