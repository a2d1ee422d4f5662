INSERT INTO drink (id, name, kind, price) VALUES
  (2, 'Mint tea', 'tea', 2.50),
  (3, 'Black tea', 'tea', 2.50),
  (5, 'Ginger shot', 'juice', 3.00),
  (6, 'Tomato juice', 'juice', 3.10),
  (9, 'Cider', 'beer', 4.60),
  (12, 'Wheat beer', 'beer', 4.40),
  (13, 'Small beer', 'beer', 2.80),
  (14, 'Pretzel', 'snack', 1.90),
  (20, 'soup of the day', 'snack', 5.50),
  (21, 'Plum brandy', 'spirits', 3.70);

INSERT INTO barkeeper (id, first_name) VALUES
  (2, 'Sanne'), (3, 'Emeric'), (7, 'Zita'), (8, 'Kester');

INSERT INTO sale (id, evening, sold_at, drink_id, barkeeper_id, quantity, paid)
SELECT row_number() OVER (ORDER BY m.evening, k * 5 % 11),
       m.evening,
       m.evening + time '17:40' + (k * 67 + m.d * 13) % 440 * interval '1 minute',
       d.id,
       CASE WHEN (m.d * 2 + k) % 6 > 0 THEN (array[2, 3, 7])[1 + (m.d + k / 3) % 3] END,
       m.quantity,
       CASE WHEN (m.d * k) % 14 = 5 THEN 0 ELSE m.quantity * d.price END
FROM (SELECT date '2025-02-20' + d AS evening, d, k,
             1 + (d + k * k) % 4 AS quantity,
             (array[2, 3, 3, 5, 6, 9, 12, 12, 14, 14, 20])[1 + (d * 5 + k * 3) % 11] AS drink_id
      FROM generate_series(0, 30) AS d CROSS JOIN generate_series(1, 7) AS k
      WHERE k <= 1 + d * 5 % 7 AND d % 6 <> 2) AS m
JOIN drink AS d ON d.id = m.drink_id
ORDER BY (m.d * 19 + k * 3) % 97, m.d, k;
INSERT INTO sale (id, evening, sold_at, drink_id, barkeeper_id, quantity, paid)
SELECT 900, date '2025-03-22', timestamptz '2025-03-22 20:00+00', d.id, 7, e.sold - d.sold, (e.sold - d.sold) * d.price
FROM (SELECT drink_id AS id, sum(quantity) AS sold, min(price) AS price FROM sale JOIN drink ON drink.id = drink_id GROUP BY 1) AS d
JOIN (SELECT drink_id AS id, sum(quantity) AS sold FROM sale GROUP BY 1) AS e ON (d.id, e.id) IN ((2, 3), (3, 2)) AND d.sold < e.sold;

INSERT INTO sale (id, evening, sold_at, drink_id, barkeeper_id, quantity, paid) VALUES
  (952, '2025-03-30', '2025-03-30 21:30+00', 20, 2, 1, 5.50),
  (950, '2025-03-30', '2025-03-30 18:30+00', 14, 2, 1, 1.90),
  (951, '2025-03-30', '2025-03-30 20:00+00', 14, NULL, 3, 0),
  -- An evening on which the house paid for everything.
  (953, '2025-03-27', '2025-03-27 19:00+00', 14, 3, 1, 0);

INSERT INTO shift (barkeeper_id, day, part)
SELECT b, date '2025-02-20' + d, part
FROM unnest(array[2, 3, 7]) AS b
CROSS JOIN generate_series(0, 25) AS d
CROSS JOIN (VALUES ('early'), ('late')) AS p (part)
WHERE md5(d || ' ' || b) < 'a'
  AND (part = 'early' OR (d + b) % 4 = 0)
ORDER BY (b * 31 + d * 23) % 83, b, d, part;

INSERT INTO stock_count (drink_id, counted_on, bottles)
SELECT d, date '2025-02-03' + w * 9, 12 + (d * 11 + w * 5 + d * w) % 23
FROM unnest(array[5, 6, 9, 12]) AS d CROSS JOIN generate_series(0, 5) AS w
WHERE (d + w) % 4 <> 1
ORDER BY (d * 5 + w * 17) % 37, d, w;
INSERT INTO stock_count (drink_id, counted_on, bottles) VALUES (21, '2025-03-01', 6);
