-- An aggregate without GROUP BY always has a row, so a job that isn't there costs 25.
CREATE FUNCTION job_price(job_id integer) RETURNS numeric
LANGUAGE sql STABLE
RETURN (SELECT 25 + coalesce(sum(jp.quantity * p.price), 0)
        FROM   job_part AS jp
        JOIN   part AS p ON p.id = jp.part_id
        WHERE  jp.job_id = $1);
