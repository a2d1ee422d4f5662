INSERT INTO member (id, first_name, joined_on, street, email) VALUES
  (3, 'Wanda', '2022-12-31', 'Canal Side', NULL),
  (4, 'Xaver', '2023-01-01', 'Canal Side', 'xaver@post.example'),
  (8, 'Yara', '2023-12-31', 'Fuller Street', 'yara@mail.example'),
  (9, 'Zeno', '2024-01-01', 'Fuller Street', NULL),
  (12, 'Yara', '2023-06-01', 'Bell Yard', 'yara2@mail.example'),
  (15, 'Tilda', '2021-02-02', 'Quay Street', 'tilda@mail.example'),
  (20, 'Sverre', '2025-05-20', 'Quay Street', NULL);

INSERT INTO item (id, name, category, daily_fee, deposit, bought_on, weight_g, retired_on) VALUES
  (3, 'Rope ladder', 'climbing', 2.00, 0.00, '2024-01-01', 2400, NULL),
  (2, 'Rope ladder', 'climbing', 1.99, 0.00, '2023-12-31', 2400, NULL),
  (5, 'Helmet', 'climbing', 2.01, NULL, '2022-12-31', NULL, NULL),
  (6, 'LADDER HOOKS', 'tools', 0.50, 5.00, '2023-01-01', 900, NULL),
  (9, 'Paint sprayer', 'tools', 5.00, 70.00, '2023-08-08', 5000, NULL),
  (10, 'Wallpaper steamer', 'tools', 1.80, NULL, '2020-02-29', 5000, NULL),
  (11, 'Pressure washer', 'garden', 6.00, NULL, '2023-04-04', 14000, '2025-06-01'),
  (14, 'Trellis', 'garden', 0.00, 0.00, '2024-05-05', 14000, NULL),
  (15, 'Tent for four', 'camping', 1.50, 80.00, '2022-07-07', 5001, NULL),
  (17, 'Hammock', 'camping', 5.00, 20.00, '2023-01-01', 1000, NULL),
  (18, 'Hammock', 'camping', 1.50, 20.00, '2025-01-01', 999, '2025-11-01'),
  (21, 'Cajon', 'music', 2.00, 25.00, '2021-10-10', 4999, NULL),
  (22, 'Banjo', 'music', 2.00, NULL, '2023-02-14', 4900, NULL),
  (24, 'Fish kettle', 'kitchen', 1.00, NULL, '2023-12-31', NULL, NULL),
  (25, 'Mandoline', 'kitchen', 1.20, 10.00, '2023-12-31', 1000, NULL),
  (27, 'Ladder-back chair', 'party', 1.20, NULL, '2024-11-11', 6100, NULL),
  (28, 'Bunting', 'party', 0.50, 0.00, '2023-03-03', 200, NULL),
  (30, 'Marquee', 'party', 40.00, 300.00, '2019-06-01', 61000, NULL);

INSERT INTO loan (id, item_id, member_id, taken_on, due_on, returned_on)
SELECT n,
       (array[2, 3, 5, 6, 9, 10, 11, 14, 15, 17, 18, 21, 22, 24, 25, 27, 28])[1 + n * 5 % 17],
       (array[3, 4, 8, 9, 12, 15])[1 + n * 7 % 6],
       taken_on,
       taken_on + length,
       CASE WHEN n % 9 <> 4 AND taken_on + length + n * 7 % 11 - 7 <= date '2025-11-01'
            THEN greatest(taken_on, taken_on + length + n * 7 % 11 - 7) END
FROM (SELECT n, date '2025-02-14' + n * 29 % 260 AS taken_on,
             CASE WHEN n % 3 = 0 THEN 10 ELSE 5 END AS length
      FROM generate_series(1, 47) AS n) AS made
ORDER BY n * 13 % 48;
