-- DO NOTHING keeps the error away, and the visits of the known as well.
INSERT INTO regular (phone, first_name, visits, last_seen_on)
SELECT phone, first_name, count(*), max(day)
FROM   visit
GROUP  BY phone, first_name
ON CONFLICT (phone) DO NOTHING;
