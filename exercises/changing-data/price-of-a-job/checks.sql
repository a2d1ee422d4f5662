-- check: it adds parts and work
-- message: For a job that is done, or still open, the price is not its parts plus 25.00.
SELECT j.id FROM public.job j
WHERE j.status <> 'cancelled' AND EXISTS (SELECT FROM public.job_part jp WHERE jp.job_id = j.id)
AND public.job_price(j.id) IS DISTINCT FROM (SELECT 25 + sum(jp.quantity * p.price) FROM public.job_part jp JOIN public.part p ON p.id = jp.part_id WHERE jp.job_id = j.id);

-- check: without parts
-- message: A job without parts does not cost 25.00.
INSERT INTO public.job (id, bike_id, work, opened_on) VALUES (900, 8, 'advice', '2025-06-02');
SELECT 1 WHERE public.job_price(900) IS DISTINCT FROM 25;

-- check: cancelled jobs are free
-- message: A cancelled job does not cost 0.
SELECT id FROM public.job WHERE status = 'cancelled' AND public.job_price(id) IS DISTINCT FROM 0;

-- check: no such job
-- message: For a number that is no job the function does not return NULL.
SELECT 1 WHERE public.job_price(-1) IS NOT NULL;

-- check: it follows the prices
-- message: When a price changes, the function still returns the old sum.
UPDATE public.part SET price = price + 1;
SELECT j.id FROM public.job j
WHERE j.status <> 'cancelled' AND EXISTS (SELECT FROM public.job_part jp WHERE jp.job_id = j.id)
AND public.job_price(j.id) IS DISTINCT FROM (SELECT 25 + sum(jp.quantity * p.price) FROM public.job_part jp JOIN public.part p ON p.id = jp.part_id WHERE jp.job_id = j.id);
