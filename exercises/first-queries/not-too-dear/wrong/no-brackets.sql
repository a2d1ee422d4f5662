-- AND binds tighter than OR, so undecided items come in even when they are retired.
SELECT id, name, deposit
FROM   item
WHERE  retired_on IS NULL
  AND  deposit <= 20
  OR   deposit IS NULL;
