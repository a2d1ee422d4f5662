-- AND wants both traces at once.
SELECT DISTINCT c.id, c.holder, c.kind
FROM   card AS c
JOIN   tap  AS t ON t.card_id = c.id
WHERE  c.id BETWEEN 19996 AND 20003
  AND  t.tapped_at = '2025-04-19 17:30'
ORDER  BY c.id;
