SELECT id, holder, kind
FROM   card
WHERE  id BETWEEN 19996 AND 20003
UNION
SELECT c.id, c.holder, c.kind
FROM   tap  AS t
JOIN   card AS c ON c.id = t.card_id
WHERE  t.tapped_at = '2025-04-19 17:30'
ORDER  BY id;
