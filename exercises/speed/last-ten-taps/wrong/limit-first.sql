-- Takes ten rows of the last minutes as they come and sorts afterwards: which ten is left to chance.
SELECT tapped_at, station, card_id
FROM   (SELECT t.tapped_at, s.name AS station, t.card_id, t.station_id
        FROM   tap AS t
        JOIN   station AS s ON s.id = t.station_id
        ORDER  BY t.tapped_at DESC
        LIMIT  10) AS latest
ORDER  BY tapped_at, card_id, station_id;
