CREATE INDEX ON tap (station_id, tapped_at);

SELECT s.id, s.name,
       (SELECT max(tapped_at) FROM tap WHERE tap.station_id = s.id) AS latest
FROM   station AS s
ORDER  BY s.id;
