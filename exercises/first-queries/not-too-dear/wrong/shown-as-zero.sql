-- Finds the right rows but writes 0 where the deposit is not decided.
SELECT id, name, coalesce(deposit, 0) AS deposit
FROM   item
WHERE  retired_on IS NULL
  AND  coalesce(deposit, 0) <= 20;
