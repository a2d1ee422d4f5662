-- Members who came on their own have no partner and vanish.
SELECT guest.id, guest.first_name, host.first_name AS invited_by_name
FROM   member AS guest
JOIN   member AS host ON host.id = guest.invited_by;
