-- Leaves out the items for which no deposit is asked, although that was decided.
SELECT min(deposit), max(deposit), round(avg(deposit), 2), sum(deposit),
       count(*) - count(deposit) AS undecided
FROM   item
WHERE  retired_on IS NULL AND (deposit > 0 OR deposit IS NULL);
