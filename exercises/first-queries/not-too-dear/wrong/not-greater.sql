-- Turning the condition round does not help: NOT unknown is unknown.
SELECT id, name, deposit
FROM   item
WHERE  retired_on IS NULL
  AND  NOT (deposit > 20);
