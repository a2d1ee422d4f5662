-- CROSS JOIN LATERAL loses the stations where nobody has ever tapped.
CREATE INDEX tap_station_time ON tap (station_id, tapped_at);

SELECT s.id, s.name, t.tapped_at AS latest
FROM   station AS s
CROSS  JOIN LATERAL (SELECT tapped_at
                     FROM   tap
                     WHERE  tap.station_id = s.id
                     ORDER  BY tapped_at DESC
                     LIMIT  1) AS t
ORDER  BY s.id;
