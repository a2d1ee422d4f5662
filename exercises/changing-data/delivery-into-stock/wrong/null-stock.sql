-- For parts that are not on the note the sum is NULL, and so is their stock.
UPDATE part AS p
SET    in_stock = p.in_stock + (SELECT sum(d.quantity)
                                FROM   delivery AS d
                                WHERE  d.part_name = p.name);
