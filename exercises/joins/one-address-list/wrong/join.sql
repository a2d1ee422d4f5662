-- A join finds the addresses that are in both tables, not in either.
SELECT DISTINCT m.email
FROM   member AS m
JOIN   newsletter AS n ON n.email = m.email
ORDER  BY email;
