-- count(deposit) is the number of decided deposits, the opposite of what was asked.
SELECT min(deposit), max(deposit), round(avg(deposit), 2), sum(deposit),
       count(deposit) AS undecided
FROM   item
WHERE  retired_on IS NULL;
