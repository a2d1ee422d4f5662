-- Where a part is on two lines, only one of them is added.
UPDATE part AS p
SET    in_stock = p.in_stock + d.quantity
FROM   delivery AS d
WHERE  d.part_name = p.name;
