INSERT INTO customer (id, first_name, phone, since, newsletter) VALUES
  (3, 'Petra', '555-0203', '2021-11-11', true),
  (5, 'Quentin', NULL, '2023-01-01', false),
  (6, 'Rike', '555-0206', '2024-12-31', false),
  (9, 'Stig', '555-0209', '2025-01-01', true),
  (12, 'Thea', NULL, '2025-05-05', true);
ALTER TABLE customer ALTER COLUMN id RESTART WITH 13;

INSERT INTO bike (id, customer_id, kind, frame_no) VALUES
  (2, 3, 'road', '  cl-31'),
  (3, 3, 'road', 'CL-32'),
  (7, 5, 'cargo', 'cl-33  '),
  (8, 6, 'city', 'CL-34'),
  (11, 9, 'touring', 'CL-35'),
  (15, 12, 'city', 'cL-36');
ALTER TABLE bike ALTER COLUMN id RESTART WITH 16;

INSERT INTO job (id, bike_id, work, status, opened_on, closed_on) VALUES
  (4, 2, 'puncture', 'done', '2022-02-02', '2022-02-02'),
  (6, 3, 'inspection', 'cancelled', '2024-12-31', '2024-12-31'),
  (7, 7, 'new chain', 'done', '2024-12-31', '2025-01-01'),
  (9, 7, 'bell', 'done', '2024-11-30', '2024-12-31'),
  (10, 8, 'bell', 'cancelled', '2025-01-01', '2025-01-01'),
  (12, 11, 'inspection', 'done', '2024-06-02', '2024-06-05'),
  (13, 2, 'spokes', 'open', '2024-10-01', NULL),
  (20, 11, 'new tyres', 'open', '2025-05-30', NULL);
ALTER TABLE job ALTER COLUMN id RESTART WITH 21;

INSERT INTO part (id, name, price, in_stock, discontinued) VALUES
  (1, 'Spoke', 0.90, 60, false),
  (4, 'Chain', 9.99, 0, false),
  (5, 'Bell', 10.00, 5, false),
  (6, 'Horn', 3.33, 2, true),
  (8, 'Lock', 31.00, 7, false),
  (9, 'Basket', 10.01, 1, true);
ALTER TABLE part ALTER COLUMN id RESTART WITH 10;

INSERT INTO job_part (job_id, part_id, quantity) VALUES
  (4, 1, 2), (6, 5, 1), (6, 8, 1), (7, 4, 1), (9, 5, 1), (10, 5, 2), (12, 1, 12), (13, 1, 4), (20, 8, 1);

INSERT INTO delivery (line, part_name, quantity) VALUES
  (1, 'Spoke', 100),
  (2, 'Spoke', 100),
  (3, 'Basket', 3),
  (5, 'Helmet', 4);

INSERT INTO price_list (part_name, price) VALUES
  ('Spoke', 0.95),
  ('Bell', 10.00),
  ('Horn', 3.50),
  ('Helmet', 39.00);

INSERT INTO regular (phone, first_name, visits, last_seen_on) VALUES
  ('555-0203', 'Petra', 1, '2025-06-30'),
  ('555-0299', 'Ulf', 20, '2024-01-01');

INSERT INTO visit (id, phone, first_name, day) VALUES
  (1, '555-0203', 'Petra', '2025-05-30'),
  (2, '555-0203', 'Petra', '2025-05-31'),
  (3, '555-0206', 'Rike', '2025-05-31'),
  (4, '555-0206', 'Rike', '2025-05-29');

INSERT INTO paper_card (card_no, phone, first_name, work, done_on) VALUES
  (1, '555-0800', 'Vroni', 'puncture', '2018-01-01'),
  (2, '555-0800', 'Veronika', 'puncture', '2018-01-01'),
  (3, '555-0801', 'Willem', 'new chain', '2018-02-02'),
  (4, '555-0801', 'Wim', 'new chain', '2017-02-02');
