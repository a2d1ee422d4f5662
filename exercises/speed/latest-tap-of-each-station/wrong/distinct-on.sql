-- DISTINCT ON keeps one row for each station after reading all of them.
CREATE INDEX tap_station_time ON tap (station_id, tapped_at);

SELECT DISTINCT ON (s.id) s.id, s.name, t.tapped_at AS latest
FROM   station AS s
LEFT   JOIN tap AS t ON t.station_id = s.id
ORDER  BY s.id, t.tapped_at DESC;
