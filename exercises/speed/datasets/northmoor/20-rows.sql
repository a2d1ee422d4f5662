-- generator
-- 1 008 000 taps on 84 days from 1 March 2025, 12 000 a day. On 10 April nothing ran, on some days the first train leaves
-- late and the last one early, and the very last tap comes at midnight. All is made of n and the seed by remainders, but
-- for two minutes in which many tap at the same stations: 19 April at 17:30, and 24 May at 23:59.
INSERT INTO station (id, name, region)
SELECT n,
       (array['Alder', 'Brack', 'Cold', 'Dun', 'Elm', 'Fen', 'Grey', 'High', 'Inver', 'Long', 'Moor', 'Oak', 'Stone', 'Wester'])[1 + (n - 1) % 14]
         || (array['by', 'ford', 'gate', 'ham', 'mouth', 'stead', 'wick'])[1 + (n - 1) / 14],
       (array['Coast', 'Dale', 'Moor', 'Town'])[1 + n * 7 % 11 % 4]
FROM generate_series(1, 98) AS n;

INSERT INTO card (id, holder, kind)
SELECT n,
       CASE WHEN n % 7 = 0 THEN upper(holder) WHEN n % 11 = 0 THEN lower(holder) ELSE holder END,
       (array['adult', 'adult', 'adult', 'child', 'senior', 'senior', 'staff'])[1 + n * 5 % 97 % 7]
FROM (SELECT n,
             (array['Ada', 'Bo', 'Cleo', 'Dag', 'Eske', 'Frode', 'Gro', 'Hedda', 'Ib', 'Jette', 'Kai', 'Lone', 'Mats', 'Nils', 'Ove', 'Pia', 'Runa', 'Siv', 'Tor', 'Unn'])[1 + (n + :seed) % 20]
             || ' '
             || (array['Askeby', 'Brinn', 'Dalvik', 'Enge', 'Fossum', 'Grind', 'Holme', 'Krok', 'Lunde', 'Myhr', 'Nordal', 'Ostby', 'Quill', 'Rask', 'Skarn', 'Tveit', 'Ulv', 'Vang', 'Wiik'])[1 + n / 20 * 7 % 19]
             || (array['', '', 'sen', 'stad', 'land'])[1 + n / 380 % 5] AS holder
      FROM generate_series(1, 40000) AS n) AS named;

INSERT INTO tap (tapped_at, card_id, station_id, fare_cents)
SELECT timestamp '2025-03-01 00:00'
         + make_interval(days => day + (day >= 40)::integer,
                         mins => CASE WHEN n = 1007999 THEN 1440 WHEN day % 7 = 2 THEN 312 + n % 12000 * 1080 / 12000 ELSE n % 12000 * 1440 / 12000 END),
       CASE WHEN n BETWEEN 584750 AND 584757 THEN (array[20001, 20000, 40, 30000, NULL, 19000, 19999, 5])[n - 584749]
            WHEN n BETWEEN 1007995 AND 1007998 THEN (array[39999, NULL, NULL, 39999])[n - 1007994]
            WHEN h % 19 > 0 THEN 1 + h / 977 % 40000 END,
       CASE WHEN n BETWEEN 584750 AND 584757 THEN (array[60, 60, 60, 59, 60, 61, 60, 61])[n - 584749]
            WHEN n BETWEEN 1007995 AND 1007998 THEN (array[12, 31, 47, 40])[n - 1007994]
            ELSE 1 + floor(sqrt(h / 31 % 9216)) END,
       CASE WHEN h % 499 > 0 THEN 140 + h / 7 % 9 * 35 END
FROM (SELECT n, n / 12000 AS day, (n::bigint * 2654435761 + :seed * 40503) % 4294967296 AS h
      FROM generate_series(0, 1007999) AS n) AS made;

CREATE INDEX tap_tapped_at_idx ON tap (tapped_at);
