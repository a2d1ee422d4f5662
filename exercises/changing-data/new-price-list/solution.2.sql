BEGIN;
UPDATE part SET discontinued = true WHERE name NOT IN (SELECT part_name FROM price_list);
UPDATE part AS p SET price = l.price, discontinued = false FROM price_list AS l WHERE l.part_name = p.name;
INSERT INTO part (name, price)
SELECT part_name, price FROM price_list WHERE part_name NOT IN (SELECT name FROM part);
COMMIT;
