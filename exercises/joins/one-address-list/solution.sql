SELECT email FROM member WHERE email IS NOT NULL
UNION
SELECT email FROM newsletter
ORDER  BY email;
