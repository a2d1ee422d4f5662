-- One NULL makes the whole label NULL.
SELECT id,
       name || ' (' || category || '), ' || weight_g || ' g' AS label
FROM   item
WHERE  retired_on IS NULL;
