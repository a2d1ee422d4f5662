SELECT id, holder, kind
FROM   card
WHERE  lower(holder) = 'runa ostby'
ORDER  BY id;
