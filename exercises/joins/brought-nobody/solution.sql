SELECT m.id, m.first_name
FROM   member AS m
WHERE  NOT EXISTS (SELECT FROM member AS guest WHERE guest.invited_by = m.id);
