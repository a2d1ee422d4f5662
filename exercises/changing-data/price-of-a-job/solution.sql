CREATE FUNCTION job_price(job_id integer) RETURNS numeric
LANGUAGE sql STABLE
RETURN (SELECT CASE WHEN j.status = 'cancelled' THEN 0
                    ELSE 25 + coalesce((SELECT sum(jp.quantity * p.price)
                                        FROM   job_part AS jp
                                        JOIN   part AS p ON p.id = jp.part_id
                                        WHERE  jp.job_id = j.id), 0)
               END
        FROM   job AS j
        WHERE  j.id = $1);
