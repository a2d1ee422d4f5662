-- Without DISTINCT there is a row for each item.
SELECT category
FROM   item
WHERE  retired_on IS NULL
ORDER  BY category;
