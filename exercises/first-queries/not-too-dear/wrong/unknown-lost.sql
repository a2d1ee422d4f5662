-- NULL <= 20 is unknown, and WHERE keeps only what is true.
SELECT id, name, deposit
FROM   item
WHERE  retired_on IS NULL
  AND  deposit <= 20;
