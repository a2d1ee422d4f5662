SELECT min(deposit), max(deposit), round(avg(deposit), 2), sum(deposit),
       count(*) FILTER (WHERE deposit IS NULL)
FROM   item
WHERE  retired_on IS NULL;
