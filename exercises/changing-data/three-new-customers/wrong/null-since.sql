-- NULL given for a column is not the same as leaving it out: the default is not used.
INSERT INTO customer (first_name, phone, since, newsletter)
VALUES ('Salka', '555-0121', NULL, true),
       ('Teun',  NULL,       NULL, false),
       ('Ulla',  '555-0123', NULL, false);
