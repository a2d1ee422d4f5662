-- Puts the delivered quantity in the place of the stock instead of adding it.
UPDATE part AS p
SET    in_stock = d.quantity
FROM   (SELECT part_name, sum(quantity) AS quantity
        FROM   delivery
        GROUP  BY part_name) AS d
WHERE  d.part_name = p.name;
