-- Undecided deposits counted as 0 pull the average down.
SELECT min(deposit), max(deposit), round(avg(coalesce(deposit, 0)), 2), sum(deposit),
       count(*) - count(deposit) AS undecided
FROM   item
WHERE  retired_on IS NULL;
