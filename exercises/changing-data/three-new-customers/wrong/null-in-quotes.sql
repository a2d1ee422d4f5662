-- 'NULL' in quotes is a text of four letters, and now Teun has a phone number.
INSERT INTO customer (first_name, phone, newsletter)
VALUES ('Salka', '555-0121', true),
       ('Teun',  'NULL',     false),
       ('Ulla',  '555-0123', false);
