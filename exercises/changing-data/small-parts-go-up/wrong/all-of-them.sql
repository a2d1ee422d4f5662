-- Without WHERE on the other column, parts that nobody can order any more get dearer.
UPDATE part
SET    price = round(price * 1.05, 2)
WHERE  price < 10;
