-- Forgets the condition: things that left the room years ago still count.
SELECT min(deposit), max(deposit), round(avg(deposit), 2), sum(deposit),
       count(*) - count(deposit) AS undecided
FROM   item;
