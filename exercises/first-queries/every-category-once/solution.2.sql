SELECT category
FROM   item
WHERE  retired_on IS NULL
GROUP  BY category
ORDER  BY category;
