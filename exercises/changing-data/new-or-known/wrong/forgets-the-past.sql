-- Replaces the old count by the new one.
INSERT INTO regular (phone, first_name, visits, last_seen_on)
SELECT phone, first_name, count(*), max(day)
FROM   visit
GROUP  BY phone, first_name
ON CONFLICT (phone) DO UPDATE
SET visits       = excluded.visits,
    last_seen_on = excluded.last_seen_on;
