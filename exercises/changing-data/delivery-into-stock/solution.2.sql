UPDATE part AS p
SET    in_stock = p.in_stock + coalesce((SELECT sum(d.quantity)
                                         FROM   delivery AS d
                                         WHERE  d.part_name = p.name), 0);
