-- Without the third branch nothing is ever discontinued.
MERGE INTO part AS p
USING price_list AS l
ON    l.part_name = p.name
WHEN MATCHED THEN
  UPDATE SET price = l.price, discontinued = false
WHEN NOT MATCHED THEN
  INSERT (name, price) VALUES (l.part_name, l.price);
