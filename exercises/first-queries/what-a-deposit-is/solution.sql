SELECT min(deposit)              AS smallest,
       max(deposit)              AS largest,
       round(avg(deposit), 2)    AS average,
       sum(deposit)              AS total,
       count(*) - count(deposit) AS undecided
FROM   item
WHERE  retired_on IS NULL;
