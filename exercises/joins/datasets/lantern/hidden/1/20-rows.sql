INSERT INTO film (id, title, year, minutes, series, remake_of) VALUES
  (2, 'Glass Weather', 1999, 90, NULL, NULL),
  (3, 'Glass Weather', 2022, 100, NULL, 2),
  (5, 'Moth Season', 2020, 75, 'Harbour nights', NULL),
  (8, 'Tin Harbour', 2021, 120, 'Harbour nights', NULL),
  (9, 'The Ferryman''s Accounts', 2015, 95, NULL, NULL),
  (11, 'Unposted', 2018, 84, 'Short evenings', NULL),
  (12, 'Lamplight Inventory', 2025, 101, NULL, 9),
  (14, 'Rehearsal in Grey', 2023, 70, NULL, NULL),
  (15, 'A Door Ajar', 2024, 93, NULL, NULL);

INSERT INTO hall (id, name, seats) VALUES
  (1, 'Main hall', 90),
  (4, 'Cellar', 30),
  (6, 'Roof', 45),
  (7, 'Foyer', 20),
  (9, 'Garden', 60);

INSERT INTO member (id, first_name, email, joined_on, invited_by) VALUES
  (2, 'Selma', 'selma@mail.example', '2021-04-01', NULL),
  (5, 'Tarik', NULL, '2021-05-01', 2),
  (7, 'Una', 'una@post.example', '2022-01-15', 5),
  (8, 'Selma', 'selma.b@mail.example', '2022-01-15', 2),
  (9, 'Viggo', 'viggo@mail.example', '2023-03-03', 9),
  (11, 'Wenke', NULL, '2024-02-02', 8),
  (13, 'Ylva', 'ylva@post.example', '2024-12-24', NULL),
  (14, 'Zeno', NULL, '2025-01-02', NULL);

CREATE TABLE plan (id bigint, film bigint, hall bigint, starts timestamptz, cancelled timestamptz, sold integer, price numeric);

INSERT INTO plan
SELECT n,
       (array[3, 5, 8, 9, 11])[1 + n * 3 % 5],
       (array[1, 4, 6])[1 + n * 2 % 7 % 3],
       timestamptz '2025-02-20 18:00+00' + n * interval '29 hours',
       CASE WHEN n % 9 = 7 THEN timestamptz '2025-02-19 18:00+00' + n * interval '29 hours' END,
       CASE WHEN n % 8 = 3 THEN 0 ELSE n * 17 % 23 END,
       (array[10.00, 8.00, 7.25])[1 + n * 2 % 7 % 3]
FROM generate_series(1, 56) AS n;
INSERT INTO plan VALUES
  (60, 8, 4, '2025-04-05 18:00+00', NULL, 5, 8.00),
  (61, 5, 4, '2025-04-05 20:00+00', NULL, 5, 8.00),
  (62, 11, 4, '2025-04-05 21:14+00', NULL, 1, 8.00),
  (63, 3, 6, '2025-03-01 00:00+00', NULL, 2, 7.25),
  (64, 3, 1, '2025-04-01 00:00+00', NULL, 3, 10.00),
  (65, 9, 6, '2025-04-06 19:00+00', NULL, 0, 7.25),
  (66, 9, 6, '2025-04-06 19:00+00', NULL, 4, 7.25),
  (67, 14, 7, '2025-04-09 19:00+00', NULL, 3, 7.25),
  (68, 14, 7, '2025-04-11 19:00+00', NULL, 2, 7.25),
  -- A film in two halls, both times cancelled; a hall used on one Sunday only, where all tickets were given back.
  (69, 15, 4, '2025-05-02 19:00+00', '2025-05-01 09:00+00', 0, 8.00),
  (70, 15, 6, '2025-05-03 19:00+00', '2025-05-01 09:00+00', 0, 7.25),
  (71, 8, 9, '2025-03-16 19:00+00', NULL, 2, 7.25);

INSERT INTO screening (id, film_id, hall_id, starts_at, cancelled_at)
SELECT id, film, hall, starts, cancelled FROM plan ORDER BY id * 41 % 71;

INSERT INTO ticket (id, screening_id, member_id, price, refunded_at)
SELECT 500 + row_number() OVER (ORDER BY p.id, k),
       p.id,
       CASE WHEN k <= 3 THEN (array[2, 5, 7, 8, 9, 11])[1 + (p.id * 5 + k * 3 + p.film) % 11] END,
       CASE WHEN k % 3 = 0 THEN p.price - 2 ELSE p.price END,
       CASE WHEN p.cancelled IS NOT NULL THEN p.cancelled
            WHEN (p.id * 2 + k * 3) % 7 = 0 THEN p.starts END
FROM plan AS p CROSS JOIN LATERAL generate_series(1, p.sold) AS k
ORDER BY p.id * 41 % 71, k;

UPDATE ticket SET refunded_at = '2025-03-16 17:00+00', member_id = NULL WHERE screening_id = 71;
-- Somebody who came once, on the last day of March.
UPDATE ticket SET member_id = 14
WHERE  id = (SELECT min(id) FROM ticket WHERE screening_id = 32 AND refunded_at IS NULL AND member_id IS NULL);

INSERT INTO wish (member_id, film_id) VALUES
  (13, 5), (2, 3), (2, 2), (2, 5), (5, 8), (7, 12), (7, 9), (8, 3), (9, 11), (9, 8), (9, 3);

INSERT INTO newsletter (id, email, since) VALUES
  (1, 'una@post.example', '2024-01-01'),
  (2, 'una@post.example', '2024-01-02'),
  (3, 'xenia@mail.example', '2024-01-01');

INSERT INTO headcount (screening_id, people)
SELECT p.id, greatest(0, count(t.id) FILTER (WHERE t.refunded_at IS NULL) + p.id % 3 - 1)
FROM plan AS p LEFT JOIN ticket AS t ON t.screening_id = p.id
WHERE p.id % 5 <> 2
GROUP BY p.id
ORDER BY p.id * 31 % 47;

DROP TABLE plan;
