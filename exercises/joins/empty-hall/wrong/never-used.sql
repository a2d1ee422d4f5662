-- Forgets the week: a hall that was used at any time is not in the list.
SELECT h.id, h.name
FROM   hall AS h
LEFT   JOIN screening AS s ON s.hall_id = h.id AND s.cancelled_at IS NULL
WHERE  s.id IS NULL;
