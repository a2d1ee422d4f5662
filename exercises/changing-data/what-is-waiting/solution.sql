CREATE VIEW waiting AS
SELECT j.id AS job_id,
       c.first_name,
       j.work,
       j.opened_on,
       coalesce(sum(jp.quantity * p.price), 0) AS parts_cost
FROM   job      AS j
JOIN   bike     AS b ON b.id = j.bike_id
JOIN   customer AS c ON c.id = b.customer_id
LEFT   JOIN job_part AS jp ON jp.job_id = j.id
LEFT   JOIN part     AS p  ON p.id = jp.part_id
WHERE  j.status = 'open'
GROUP  BY j.id, c.first_name;
