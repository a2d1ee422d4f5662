-- The two sides are swapped: a list of whom each member brought.
SELECT guest.id, guest.first_name, host.first_name AS invited_by_name
FROM   member AS guest
LEFT   JOIN member AS host ON host.invited_by = guest.id;
