-- AND wants both at once.
CREATE INDEX tap_card ON tap (card_id);

SELECT t.tapped_at, t.station_id, t.card_id
FROM   card AS c
JOIN   tap  AS t ON t.card_id = c.id
WHERE  lower(c.holder) = 'runa ostby'
  AND  t.tapped_at = '2025-04-20 08:39'
ORDER  BY t.tapped_at, t.station_id, t.card_id;
