INSERT INTO drink (id, name, kind, price) VALUES
  (1, 'Espresso', 'coffee', 2.20),
  (2, 'Flat white', 'coffee', 3.40),
  (3, 'Filter coffee', 'coffee', 2.20),
  (4, 'Apple juice', 'juice', 3.00),
  (5, 'Pear juice', 'juice', 3.00),
  (6, 'Rhubarb spritz', 'juice', 3.60),
  (7, 'House red', 'wine', 4.80),
  (8, 'House white', 'wine', 4.80),
  (9, 'Orange wine', 'wine', 6.50),
  (10, 'Pale ale', 'beer', 4.20),
  (11, 'Dark lager', 'beer', 4.40),
  (12, 'Alcohol-free ale', 'beer', 4.20),
  (13, 'Popcorn', 'snack', 3.20),
  (14, 'Salted almonds', 'snack', 2.90),
  (15, 'Olives', 'snack', 3.60),
  (16, 'Elderflower tonic', 'juice', 3.80),
  (17, 'Hot chocolate', 'chocolate', 3.90);

INSERT INTO barkeeper (id, first_name) VALUES
  (1, 'Tove'), (2, 'Ulla'), (3, 'Ivo'), (4, 'Ottilie'), (5, 'Rasmus');

-- Closed on Mondays and on a few other days. Between 3 and 10 sales an evening, some after midnight.
INSERT INTO sale (id, evening, sold_at, drink_id, barkeeper_id, quantity, paid)
SELECT 100 + row_number() OVER (ORDER BY m.evening, k * 29 % 31),
       m.evening,
       m.evening + time '17:05' + (k * k * 23 + m.d * 11) % 451 * interval '1 minute',
       d.id,
       CASE WHEN (m.d + k * 3) % 8 <> 6 THEN 1 + (m.d / 2 + k / 4) % 4 END,
       m.quantity,
       CASE WHEN (m.d + k) % 19 = 0 THEN 0 ELSE m.quantity * (d.price - CASE WHEN m.d < 40 THEN 0.15 ELSE 0 END) END
FROM (SELECT date '2025-01-03' + d AS evening, d, k,
             1 + (d * d * 3 + k * 7 + d * k) % 23 % 10 % 4 AS quantity,
             (array[1, 2, 3, 4, 4, 5, 6, 7, 7, 8, 9, 10, 10, 11, 12, 13, 13, 13, 14, 15, 17])[1 + (d * 8 + k * 5) % 21] AS drink_id
      FROM generate_series(0, 100) AS d CROSS JOIN generate_series(1, 10) AS k
      WHERE k <= 3 + d * 7 % 8 AND extract(isodow FROM date '2025-01-03' + d) <> 1 AND d % 23 <> 9) AS m
JOIN drink AS d ON d.id = m.drink_id
ORDER BY (m.d * 13 + k * 7) % 211, m.d, k;

-- A coach party at the machine: in the end as much pear juice as apple juice was sold, and as much red wine as white.
INSERT INTO sale (id, evening, sold_at, drink_id, barkeeper_id, quantity, paid)
SELECT 2000 + d.id, date '2025-04-12', timestamptz '2025-04-12 18:00+00' + d.id * interval '3 minutes', d.id, NULL,
       abs(d.sold - e.sold), abs(d.sold - e.sold) * d.price
FROM (VALUES (4, 5), (7, 8)) AS pair (a, b)
CROSS JOIN LATERAL (SELECT id, price, (SELECT sum(quantity) FROM sale WHERE drink_id = drink.id) AS sold FROM drink WHERE id IN (a, b)) AS d
CROSS JOIN LATERAL (SELECT (SELECT sum(quantity) FROM sale WHERE drink_id = a + b - d.id) AS sold) AS e
WHERE d.sold < e.sold;

-- One evening with a single sale, and one of long waits.
INSERT INTO sale (id, evening, sold_at, drink_id, barkeeper_id, quantity, paid) VALUES
  (3000, '2025-04-14', '2025-04-14 19:30+00', 17, 4, 1, 3.90),
  (3003, '2025-04-15', '2025-04-15 20:31+00', 2, 1, 1, 3.40),
  (3001, '2025-04-15', '2025-04-15 18:00+00', 1, 1, 2, 4.40),
  (3004, '2025-04-15', '2025-04-16 00:10+00', 13, NULL, 2, 6.40),
  (3002, '2025-04-15', '2025-04-15 19:30+00', 10, 2, 1, 4.20),
  -- A night show booked to the new day, soon after the evening before it; and two evenings alike.
  (3005, '2025-04-16', '2025-04-16 01:00+00', 2, 2, 1, 0.85),
  (3006, '2025-04-23', '2025-04-23 19:00+00', 17, 1, 1, 3.90),
  (3007, '2025-04-30', '2025-04-30 21:00+00', 17, 3, 1, 3.90);

INSERT INTO shift (barkeeper_id, day, part)
SELECT b, date '2025-03-01' + d, part
FROM generate_series(1, 4) AS b
CROSS JOIN generate_series(0, 40) AS d
CROSS JOIN (VALUES ('early'), ('late')) AS p (part)
WHERE md5(b || ' ' || d) < 'a'
  AND (part = 'late' OR (d + b) % 3 = 0)
ORDER BY (b * 17 + d * 29) % 101, b, d, part;

INSERT INTO stock_count (drink_id, counted_on, bottles)
SELECT d, date '2025-01-06' + w * 7, 30 + (d * 13 + w * w * 7 + d * w * 5) % 41 - w
FROM unnest(array[4, 5, 7, 8, 9, 10, 11]) AS d CROSS JOIN generate_series(0, 7) AS w
WHERE (d + w) % 6 <> 4
ORDER BY (d * 7 + w * 11) % 43, d, w;
INSERT INTO stock_count (drink_id, counted_on, bottles) VALUES (16, '2025-02-10', 24);
