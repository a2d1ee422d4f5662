SELECT id, name, deposit
FROM   item
WHERE  retired_on IS NULL
  AND  (deposit > 20) IS NOT TRUE;
