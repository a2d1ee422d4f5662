-- Two visits of one person are two rows with one key, which a single upsert refuses.
INSERT INTO regular (phone, first_name, visits, last_seen_on)
SELECT phone, first_name, 1, day
FROM   visit
ON CONFLICT (phone) DO UPDATE
SET visits       = regular.visits + 1,
    last_seen_on = greatest(regular.last_seen_on, excluded.last_seen_on);
