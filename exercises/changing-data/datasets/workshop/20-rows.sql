INSERT INTO customer (id, first_name, phone, since, newsletter) VALUES
  (1, 'Anouk', '555-0101', '2022-03-04', true),
  (2, 'Benno', '555-0102', '2022-05-19', false),
  (3, 'Calla', NULL, '2023-01-10', false),
  (4, 'Dimo', '555-0104', '2023-02-27', true),
  (5, 'Enya', '555-0105', '2023-09-01', false),
  (6, 'Filip', NULL, '2024-04-16', false),
  (7, 'Gita', '555-0107', '2024-08-08', true),
  (8, 'Henk', '555-0108', '2025-01-20', false);
ALTER TABLE customer ALTER COLUMN id RESTART WITH 9;

INSERT INTO bike (id, customer_id, kind, frame_no) VALUES
  (1, 1, 'city', 'CL-1180'),
  (2, 1, 'cargo', 'cl-2044'),
  (3, 2, 'road', 'CL-0977'),
  (4, 3, 'city', ' CL-3310'),
  (5, 4, 'folding', 'CL-4125'),
  (6, 4, 'children', 'CL-4126'),
  (7, 5, 'touring', 'Cl-5550 '),
  (8, 6, 'city', 'CL-6071'),
  (9, 7, 'road', 'CL-7003'),
  (10, 7, 'city', 'CL-7004'),
  (11, 8, 'cargo', 'CL-8800'),
  (12, 2, 'city', 'cl-0978');
ALTER TABLE bike ALTER COLUMN id RESTART WITH 13;

INSERT INTO job (id, bike_id, work, status, opened_on, closed_on) VALUES
  (1, 1, 'new chain', 'done', '2023-03-02', '2023-03-04'),
  (2, 3, 'true the wheels', 'done', '2023-06-12', '2023-06-12'),
  (3, 4, 'brake pads', 'cancelled', '2023-07-01', '2023-07-03'),
  (4, 2, 'inspection', 'done', '2024-02-20', '2024-02-23'),
  (5, 5, 'inspection', 'done', '2024-05-05', '2024-06-01'),
  (6, 7, 'new tyres', 'cancelled', '2024-06-30', '2024-07-01'),
  (7, 8, 'puncture', 'done', '2024-09-09', '2024-09-09'),
  (8, 9, 'bar tape', 'cancelled', '2024-12-31', '2025-01-02'),
  (9, 1, 'inspection', 'done', '2024-12-30', '2024-12-31'),
  (10, 3, 'gear cable', 'done', '2024-12-30', '2025-01-04'),
  (11, 6, 'saddle', 'cancelled', '2025-01-01', '2025-01-08'),
  (12, 10, 'new chain', 'done', '2025-02-14', '2025-02-17'),
  (13, 11, 'inspection', 'done', '2025-03-03', '2025-03-07'),
  (14, 2, 'brake pads', 'open', '2025-05-12', NULL),
  (15, 7, 'inspection', 'open', '2025-05-20', NULL),
  (16, 9, 'new tyres', 'open', '2025-05-28', NULL),
  (17, 10, 'inspection', 'cancelled', '2025-05-28', '2025-05-30'),
  (18, 5, 'puncture', 'open', '2025-05-31', NULL);
ALTER TABLE job ALTER COLUMN id RESTART WITH 19;

INSERT INTO part (id, name, price, in_stock, discontinued) VALUES
  (1, 'Chain', 18.50, 6, false),
  (2, 'Brake pads', 9.80, 14, false),
  (3, 'Tyre, 28 inch', 27.00, 8, false),
  (4, 'Inner tube', 6.35, 22, false),
  (5, 'Gear cable', 4.20, 11, false),
  (6, 'Bar tape', 10.00, 3, false),
  (7, 'Hinge pin', 13.90, 0, false),
  (8, 'Dynamo', 44.00, 2, true),
  (9, 'Bell', 7.50, 9, false),
  (10, 'Carbide lamp', 9.00, 1, true),
  (11, 'Spoke', 0.85, 140, false),
  (12, 'Saddle', 9.99, 4, false),
  (13, 'Reflector', 9.80, 0, false);
ALTER TABLE part ALTER COLUMN id RESTART WITH 14;

INSERT INTO job_part (job_id, part_id, quantity) VALUES
  (1, 1, 1), (2, 11, 6), (3, 2, 2), (4, 2, 2), (4, 5, 1), (5, 7, 1), (6, 3, 2), (6, 4, 2), (7, 4, 1),
  (8, 6, 1), (9, 4, 1), (9, 9, 1), (10, 5, 2), (11, 12, 1), (12, 1, 1), (13, 2, 4), (13, 5, 1),
  (14, 2, 2), (14, 13, 2), (15, 4, 2), (15, 11, 3), (16, 3, 2), (16, 4, 2);

INSERT INTO delivery (line, part_name, quantity) VALUES
  (1, 'Inner tube', 10),
  (2, 'Chain', 4),
  (3, 'Inner tube', 5),
  (4, 'Hinge pin', 2),
  (5, 'Brake pads', 6),
  (6, 'Tea towel', 1),
  (7, 'Chain', 1);

INSERT INTO price_list (part_name, price) VALUES
  ('Chain', 19.20),
  ('Brake pads', 9.80),
  ('Tyre, 28 inch', 26.50),
  ('Tyre, 20 inch', 21.00),
  ('Inner tube', 6.60),
  ('Gear cable', 4.20),
  ('Bar tape', 11.00),
  ('Dynamo', 45.00),
  ('Spoke', 0.85),
  ('Saddle', 12.40),
  ('Reflector', 10.10),
  ('Mudguard', 15.75);

INSERT INTO regular (phone, first_name, visits, last_seen_on) VALUES
  ('555-0101', 'Anouk', 12, '2025-05-20'),
  ('555-0104', 'Dimo', 3, '2025-06-01'),
  ('555-0105', 'Enya', 7, '2025-02-11');

INSERT INTO visit (id, phone, first_name, day) VALUES
  (1, '555-0101', 'Anouk', '2025-05-28'),
  (2, '555-0150', 'Ilka', '2025-05-28'),
  (3, '555-0104', 'Dimo', '2025-05-30'),
  (4, '555-0101', 'Anouk', '2025-05-31'),
  (5, '555-0150', 'Ilka', '2025-05-30'),
  (6, '555-0160', 'Jascha', '2025-05-29'),
  (7, '555-0150', 'Ilka', '2025-05-29');

INSERT INTO paper_card (card_no, phone, first_name, work, done_on) VALUES
  (101, '555-0900', 'Kasimir', 'puncture', '2019-04-02'),
  (102, '555-0901', 'Lotta', 'new chain', '2019-04-15'),
  (103, '555-0900', 'Kasimir', 'brake pads', '2019-08-20'),
  (104, '555-0902', 'Moritz', 'puncture', '2019-09-01'),
  (105, '555-0901', 'Lotta', 'puncture', '2020-03-11'),
  (106, '555-0902', 'Nelja', 'saddle', '2020-05-06'),
  (107, '555-0903', 'Lotta', 'inspection', '2020-05-06'),
  (108, '555-0902', 'Nelja', 'puncture', '2020-01-31'),
  (109, '555-0904', 'Oskar', 'spokes', '2021-10-10'),
  (110, '555-0904', 'Ossi', 'spokes', '2021-10-10');
