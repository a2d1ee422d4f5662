SELECT m.id, m.first_name
FROM   member AS m
LEFT   JOIN member AS guest ON guest.invited_by = m.id
WHERE  guest.id IS NULL;
