-- "Less than 10" written as at most 10.
UPDATE part
SET    price = round(price * 1.05, 2)
WHERE  price <= 10
  AND  NOT discontinued;
