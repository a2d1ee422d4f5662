-- <> in a join finds some other member who was not invited by this one, and there always is one.
SELECT DISTINCT m.id, m.first_name
FROM   member AS m
JOIN   member AS guest ON guest.invited_by <> m.id;
