-- UNION ALL keeps repeats: those people get two mails.
SELECT email FROM member WHERE email IS NOT NULL
UNION ALL
SELECT email FROM newsletter
ORDER  BY email;
