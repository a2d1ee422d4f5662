-- A part that is back on the list stays discontinued.
MERGE INTO part AS p
USING price_list AS l
ON    l.part_name = p.name
WHEN MATCHED THEN
  UPDATE SET price = l.price
WHEN NOT MATCHED THEN
  INSERT (name, price) VALUES (l.part_name, l.price)
WHEN NOT MATCHED BY SOURCE THEN
  UPDATE SET discontinued = true;
