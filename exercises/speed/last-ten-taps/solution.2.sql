SELECT tapped_at, station, card_id
FROM   (SELECT t.tapped_at, s.name AS station, t.card_id,
               row_number() OVER (ORDER BY t.tapped_at DESC, t.card_id DESC, t.station_id DESC) AS place
        FROM   tap AS t
        JOIN   station AS s ON s.id = t.station_id) AS numbered
WHERE  place <= 10
ORDER  BY place;
