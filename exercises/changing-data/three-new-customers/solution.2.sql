INSERT INTO customer (first_name, phone, newsletter) VALUES ('Salka', '555-0121', true);
INSERT INTO customer (first_name, phone) VALUES ('Teun', NULL), ('Ulla', '555-0123');
