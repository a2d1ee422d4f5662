INSERT INTO film (id, title, year, minutes, series, remake_of) VALUES
  (1, 'Paper Lanterns', 2019, 104, 'Harbour nights', NULL),
  (2, 'The Ninth Platform', 2021, 96, NULL, NULL),
  (3, 'Salt and Signal', 2023, 118, 'Harbour nights', NULL),
  (4, 'A Field of Clocks', 2024, 132, NULL, NULL),
  (5, 'Harbour, Low Tide', 2017, 88, 'Harbour nights', NULL),
  (6, 'Night Ferry', 1961, 91, NULL, NULL),
  (7, 'The Beekeeper''s Alphabet', 2022, 107, NULL, NULL),
  (8, 'Two Left Gloves', 2020, 79, 'Short evenings', NULL),
  (9, 'Snow on the Antenna', 1974, 112, NULL, NULL),
  (10, 'Eleven Doors', 2018, 143, NULL, NULL),
  (11, 'A Small Orchestra', 2016, 64, 'Short evenings', NULL),
  (12, 'The Long Pier', 1958, 99, NULL, NULL),
  (13, 'Night Ferry', 2024, 109, NULL, 6),
  (14, 'Snow on the Antenna', 2025, 121, NULL, 9);

INSERT INTO hall (id, name, seats) VALUES
  (1, 'Main hall', 120),
  (2, 'Studio', 48),
  (3, 'Attic', 24);

INSERT INTO member (id, first_name, email, joined_on, invited_by) VALUES
  (1, 'Amaru', 'amaru@mail.example', '2022-09-01', NULL),
  (2, 'Birte', 'birte@mail.example', '2022-09-01', 1),
  (3, 'Corin', NULL, '2022-11-12', 1),
  (4, 'Dunja', 'dunja@post.example', '2023-01-20', 2),
  (5, 'Elio', 'elio@mail.example', '2023-02-03', NULL),
  (6, 'Fenna', 'fenna@post.example', '2023-02-03', 5),
  (7, 'Amaru', 'amaru.r@post.example', '2023-06-30', 5),
  (8, 'Gesa', NULL, '2023-10-17', 2),
  (9, 'Hilmar', 'hilmar@mail.example', '2023-12-05', 4),
  (10, 'Imre', 'imre@mail.example', '2024-01-11', NULL),
  (11, 'Jorun', 'jorun@post.example', '2024-01-11', 10),
  (12, 'Kolja', 'kolja@mail.example', '2024-04-28', 7),
  (13, 'Liv', 'liv@mail.example', '2024-08-19', NULL),
  (14, 'Marit', NULL, '2024-10-02', 13),
  (15, 'Birte', 'birte.k@post.example', '2025-01-07', 13),
  (16, 'Noor', 'noor@mail.example', '2025-03-30', 1);

-- Screenings with the tickets sold for each and the full price; the plan is dropped once the tickets are made.
CREATE TABLE plan (id bigint, film bigint, hall bigint, starts timestamptz, cancelled timestamptz, sold integer, price numeric);

INSERT INTO plan VALUES
  (400, 4, 1, '2025-02-28 23:30+00', NULL, 6, 11.20),
  (401, 7, 2, '2025-03-01 00:00+00', NULL, 9, 9.40),
  (402, 1, 3, '2025-03-01 18:00+00', '2025-02-27 10:00+00', 4, 8.50),
  (403, 2, 1, '2025-03-02 20:00+00', NULL, 12, 11.20),
  (404, 13, 1, '2025-03-03 00:00+00', NULL, 31, 11.20),
  (405, 8, 3, '2025-03-04 18:00+00', NULL, 9, 8.50),
  (406, 11, 3, '2025-03-05 18:00+00', NULL, 16, 8.50),
  (407, 3, 2, '2025-03-06 20:30+00', NULL, 3, 8.50),
  (408, 7, 1, '2025-03-07 20:00+00', NULL, 47, 11.20),
  (409, 4, 1, '2025-03-08 20:00+00', NULL, 41, 11.20),
  (410, 9, 2, '2025-03-09 17:00+00', NULL, 22, 9.40),
  (411, 5, 2, '2025-03-10 00:00+00', NULL, 12, 9.40),
  (412, 1, 3, '2025-03-17 00:00+00', NULL, 0, 8.50),
  (413, 13, 1, '2025-03-12 20:00+00', NULL, 27, 11.20),
  (414, 8, 3, '2025-03-09 18:00+00', NULL, 7, 8.50),
  (415, 5, 1, '2025-03-14 20:00+00', NULL, 56, 11.20),
  (416, 11, 3, '2025-03-15 16:00+00', '2025-03-15 12:30+00', 11, 8.50),
  (417, 14, 1, '2025-03-16 20:00+00', NULL, 64, 11.20),
  (418, 4, 2, '2025-03-17 20:30+00', NULL, 9, 9.40),
  (419, 2, 2, '2025-03-18 20:30+00', NULL, 17, 9.40),
  (420, 3, 1, '2025-03-19 20:00+00', NULL, 38, 11.20),
  (421, 7, 3, '2025-03-21 18:00+00', NULL, 1, 8.50),
  (422, 1, 2, '2025-03-22 20:30+00', '2025-03-22 09:00+00', 5, 9.00),
  (423, 9, 1, '2025-03-23 20:00+00', NULL, 19, 11.20),
  (424, 14, 2, '2025-03-25 20:30+00', NULL, 40, 9.40),
  (425, 7, 2, '2025-03-07 20:00+00', '2025-03-06 16:00+00', 3, 9.40),
  (426, 3, 1, '2025-03-27 20:00+00', NULL, 16, 12.00),
  (429, 5, 3, '2025-03-28 18:00+00', NULL, 8, 8.50),
  (431, 2, 3, '2025-03-31 23:00+00', NULL, 2, 8.50),
  (432, 13, 2, '2025-04-01 00:00+00', NULL, 5, 9.40),
  -- An untidy weekend in April: some of these overlap in their hall, some only touch.
  (433, 8, 3, '2025-04-05 16:00+00', NULL, 6, 8.50),
  (434, 11, 3, '2025-04-05 17:19+00', NULL, 10, 8.50),
  (435, 1, 3, '2025-04-05 18:20+00', NULL, 14, 8.50),
  (436, 4, 1, '2025-04-05 18:00+00', NULL, 33, 11.20),
  (437, 2, 1, '2025-04-05 20:00+00', NULL, 21, 11.20),
  (438, 5, 1, '2025-04-05 20:00+00', '2025-04-03 15:00+00', 2, 11.20),
  (439, 9, 2, '2025-04-05 18:30+00', NULL, 18, 9.40),
  (440, 3, 2, '2025-04-05 20:00+00', NULL, 25, 9.40),
  (441, 7, 1, '2025-04-06 17:00+00', NULL, 44, 11.20),
  (442, 13, 1, '2025-04-06 17:00+00', NULL, 3, 11.20),
  (443, 11, 2, '2025-04-06 18:30+00', NULL, 12, 9.40),
  (444, 8, 2, '2025-04-06 19:10+00', NULL, 15, 9.40),
  (446, 10, 3, '2025-04-07 22:00+00', NULL, 17, 8.50),
  (447, 10, 3, '2025-04-07 18:00+00', NULL, 4, 8.50),
  (448, 2, 1, '2025-04-07 20:00+00', '2025-04-07 11:00+00', 7, 11.20),
  (449, 5, 1, '2025-04-07 20:30+00', NULL, 13, 11.20),
  (398, 9, 3, '2025-04-05 18:30+00', NULL, 2, 8.50),
  (499, 9, 1, '2025-04-05 18:30+00', NULL, 11, 11.20),
  (497, 11, 2, '2025-04-06 18:06+00', NULL, 6, 9.40),
  -- Shows at midnight and around it, on the first and the last day of something.
  (399, 8, 3, '2025-04-01 00:10+00', NULL, 1, 8.50),
  (445, 11, 3, '2025-04-01 00:20+00', NULL, 2, 8.50),
  (500, 7, 3, '2025-04-01 00:00+00', NULL, 0, 8.50),
  (494, 8, 2, '2025-04-01 00:30+00', NULL, 4, 9.40),
  (495, 8, 1, '2025-04-05 00:00+00', NULL, 9, 11.20),
  (496, 11, 3, '2025-04-06 00:00+00', NULL, 3, 8.50),
  (498, 8, 1, '2025-04-07 00:00+00', NULL, 3, 11.20),
  (492, 11, 2, '2025-04-30 23:30+00', NULL, 5, 9.40),
  (493, 8, 2, '2025-05-01 00:00+00', NULL, 2, 9.40),
  (491, 5, 2, '2025-05-01 00:00+00', NULL, 1, 9.40);

-- January and February, then the rest of April to June: one screening on most days.
INSERT INTO plan
SELECT n,
       (array[1, 2, 3, 4, 5, 7, 8, 9, 11, 13])[1 + n * 7 % 10],
       1 + n * 5 % 7 % 3,
       timestamptz '2025-01-02 18:00+00' + (n - 360) * interval '36 hours' + n % 3 * interval '75 minutes',
       CASE WHEN n % 11 = 4 THEN timestamptz '2025-01-01 09:00+00' + (n - 360) * interval '36 hours' END,
       n * 29 % (array[61, 37, 19])[1 + n * 5 % 7 % 3],
       (array[11.20, 9.40, 8.50])[1 + n * 5 % 7 % 3]
FROM generate_series(360, 397) AS n;

INSERT INTO plan
SELECT n,
       (array[14, 2, 3, 4, 5, 7, 8, 1, 11, 13])[1 + n * 3 % 10],
       1 + n * 4 % 7 % 3,
       timestamptz '2025-04-08 18:00+00' + (n - 450) * interval '48 hours' + n % 4 * interval '50 minutes',
       CASE WHEN n % 10 = 6 THEN timestamptz '2025-04-06 12:00+00' + (n - 450) * interval '48 hours' END,
       n * 31 % (array[73, 31, 17])[1 + n * 4 % 7 % 3],
       (array[11.20, 9.40, 8.50])[1 + n * 4 % 7 % 3]
FROM generate_series(450, 489) AS n;

INSERT INTO screening (id, film_id, hall_id, starts_at, cancelled_at)
SELECT id, film, hall, starts, cancelled FROM plan ORDER BY id * 101 % 503;

INSERT INTO ticket (id, screening_id, member_id, price, refunded_at)
SELECT 20000 + row_number() OVER (ORDER BY p.id, k),
       p.id,
       CASE WHEN k <= 5 AND (p.id * 7 + k * 5 + p.film) % 31 < 15 THEN 1 + (p.id * 7 + k * 5 + p.film) % 31 END,
       CASE WHEN k % 4 = 0 THEN p.price - 2.50 ELSE p.price END,
       CASE WHEN p.cancelled IS NOT NULL THEN p.cancelled + interval '1 hour'
            WHEN (p.id + k * 5) % 13 = 0 THEN p.starts - interval '3 hours' END
FROM plan AS p CROSS JOIN LATERAL generate_series(1, p.sold) AS k
ORDER BY p.id * 101 % 503, k;

-- A screening of which every ticket was given back.
UPDATE ticket SET refunded_at = '2025-03-31 20:00+00' WHERE screening_id = 431;
-- A regular who gave every ticket back, and one who stayed away in March.
UPDATE ticket SET member_id = NULL WHERE member_id = 6 AND screening_id = 407;
UPDATE ticket SET refunded_at = '2025-06-26 12:00+00' WHERE member_id = 6 AND refunded_at IS NULL;
UPDATE ticket SET member_id = NULL WHERE member_id = 12 AND screening_id BETWEEN 400 AND 431;
-- Two who came once: at the first moment of March, and at the first moment after it.
UPDATE ticket SET member_id = 12 WHERE id = (SELECT min(id) FROM ticket WHERE screening_id = 401 AND refunded_at IS NULL);
UPDATE ticket SET member_id = 16 WHERE id = (SELECT min(id) FROM ticket WHERE screening_id = 432 AND refunded_at IS NULL);
UPDATE ticket SET member_id = NULL WHERE member_id = 14 AND screening_id >= 400;

INSERT INTO wish (member_id, film_id)
SELECT m, f FROM generate_series(1, 16) AS m CROSS JOIN generate_series(1, 14) AS f
WHERE (m * 7 + f * 11) % 5 = 0 AND m NOT IN (8, 14) AND f <> 8
ORDER BY (m * 17 + f * 5) % 29, m;

INSERT INTO newsletter (id, email, since) VALUES
  (1, 'amaru@mail.example', '2023-05-01'),
  (2, 'otto@post.example', '2023-05-01'),
  (3, 'fenna@post.example', '2023-06-12'),
  (4, 'pia@mail.example', '2023-09-09'),
  (5, 'otto@post.example', '2024-02-14'),
  (6, 'imre@mail.example', '2024-03-03'),
  (7, 'quirin@mail.example', '2024-11-23'),
  (8, 'liv@mail.example', '2025-01-02'),
  (9, 'liv@mail.example', '2025-03-19'),
  (10, 'rosa@post.example', '2025-04-04');

-- The usher was ill on some evenings, and once counted the guests of a rehearsal.
INSERT INTO headcount (screening_id, people)
SELECT p.id, greatest(0, count(t.id) FILTER (WHERE t.refunded_at IS NULL)
                         + CASE p.id % 9 WHEN 2 THEN -1 WHEN 5 THEN 2 ELSE 0 END)
FROM plan AS p LEFT JOIN ticket AS t ON t.screening_id = p.id
WHERE p.id BETWEEN 401 AND 444 AND p.id % 7 <> 3 AND (p.cancelled IS NULL OR p.id = 402)
GROUP BY p.id
ORDER BY p.id * 31 % 47;
UPDATE headcount SET people = 14 WHERE screening_id = 412;

DROP TABLE plan;
