-- The number is at hand, but nobody on the leaflet is called 5.
SELECT id, first_name, invited_by AS invited_by_name
FROM   member;
