SELECT day, taps, fares
FROM   station_day
WHERE  station_id = 61
ORDER  BY day;
