-- Members without an address add a NULL to the list.
SELECT email FROM member
UNION
SELECT email FROM newsletter
ORDER  BY email;
