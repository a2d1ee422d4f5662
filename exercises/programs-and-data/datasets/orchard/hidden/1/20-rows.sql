-- The same round a while later: people have moved, and the second week was another one. Tests of exercises name the first.
INSERT INTO household (id, name, street, credit_cents) VALUES
  (1, 'Amira', 'Harbour Steps', 4200),
  (2, 'Boris', 'King''s Row', 900),
  (3, 'Chiyo', 'Mill Lane', 0),
  (4, 'Dario', 'Mill Lane', 15000),
  (5, 'Elske', 'King''s Row', 2350),
  (6, 'Boris', 'King''s Row', 700),
  (7, 'Goran', 'Mill Lane', 3100),
  (8, 'Hanne', 'Long Road', 50);
ALTER TABLE household ALTER COLUMN id RESTART WITH 9;

INSERT INTO box (id, title, price) VALUES
  (1, 'Small box', 9.95),
  (2, 'Large box', 17.50),
  (3, 'Juice, three bottles', 8.10),
  (4, 'Windfalls', 4.05),
  (5, 'Quinces', 6.40);

INSERT INTO delivery (id, household_id, box_id, day, quantity, note) VALUES
  (1, 1, 1, '2025-09-01', 1, NULL),
  (2, 2, 2, '2025-09-01', 1, 'The bell is broken'),
  (3, 1, 3, '2025-09-01', 2, NULL),
  (4, 4, 4, '2025-09-02', 3, NULL),
  (5, 5, 1, '2025-09-02', 1, 'Leave it with Boris'),
  (6, 6, 1, '2025-09-02', 1, NULL),
  (7, 4, 1, '2025-09-02', 1, NULL),
  (8, 7, 2, '2025-09-04', 2, 'Third step'),
  (9, 1, 1, '2025-09-05', 1, NULL),
  (10, 2, 4, '2025-09-05', 1, NULL),
  (11, 5, 3, '2025-09-05', 1, ''),
  (12, 3, 5, '2025-09-08', 2, NULL),
  (13, 8, 3, '2025-09-09', 2, NULL),
  (14, 4, 2, '2025-09-09', 1, 'Ring twice'),
  (15, 6, 5, '2025-09-12', 1, NULL),
  (16, 1, 3, '2025-09-14', 1, '');
ALTER TABLE delivery ALTER COLUMN id RESTART WITH 17;

INSERT INTO stock (fruit, grams, counted_on) VALUES
  ('Apples', 182000, '2025-09-01'),
  ('Pears', 64500, '2025-09-03'),
  ('Plums', 0, '2025-09-03');
