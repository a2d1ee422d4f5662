-- Five percent taken for five hundredths of the currency.
UPDATE part
SET    price = round(price + 0.05, 2)
WHERE  price < 10
  AND  NOT discontinued;
