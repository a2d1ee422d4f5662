SELECT tapped_at, station_id
FROM   tap
WHERE  card_id = 2718
ORDER  BY tapped_at DESC;
