-- Three evenings instead of three results.
SELECT row_number() OVER (ORDER BY sum(quantity) DESC, evening) AS place, evening, sum(quantity) AS pieces
FROM   sale
WHERE  barkeeper_id IS NOT NULL
GROUP  BY evening
ORDER  BY place
LIMIT  3;
