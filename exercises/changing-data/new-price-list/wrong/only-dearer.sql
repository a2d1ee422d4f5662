-- Keeps the old price where the list is cheaper.
MERGE INTO part AS p
USING price_list AS l
ON    l.part_name = p.name
WHEN MATCHED THEN
  UPDATE SET price = greatest(p.price, l.price), discontinued = false
WHEN NOT MATCHED THEN
  INSERT (name, price) VALUES (l.part_name, l.price)
WHEN NOT MATCHED BY SOURCE THEN
  UPDATE SET discontinued = true;
