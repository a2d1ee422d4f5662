CREATE INDEX tap_card ON tap (card_id);

SELECT t.tapped_at, t.station_id, t.card_id
FROM   tap AS t
LEFT   JOIN card AS c ON c.id = t.card_id
WHERE  lower(c.holder) = 'runa ostby'
   OR  t.tapped_at = '2025-04-20 08:39'
ORDER  BY t.tapped_at, t.station_id, t.card_id;
