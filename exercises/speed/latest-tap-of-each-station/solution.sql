CREATE INDEX tap_station_time ON tap (station_id, tapped_at);

SELECT s.id, s.name, t.tapped_at AS latest
FROM   station AS s
LEFT   JOIN LATERAL (SELECT tapped_at
                     FROM   tap
                     WHERE  tap.station_id = s.id
                     ORDER  BY tapped_at DESC
                     LIMIT  1) AS t ON true
ORDER  BY s.id;
