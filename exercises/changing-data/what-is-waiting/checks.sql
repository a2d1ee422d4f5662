-- check: it shows what is open
-- message: The view does not show the open jobs with owner, work and day, each once.
(SELECT job_id, first_name, work, opened_on FROM public.waiting
 EXCEPT ALL
 SELECT j.id, c.first_name, j.work, j.opened_on FROM public.job j JOIN public.bike b ON b.id = j.bike_id JOIN public.customer c ON c.id = b.customer_id WHERE j.status = 'open')
UNION ALL
(SELECT j.id, c.first_name, j.work, j.opened_on FROM public.job j JOIN public.bike b ON b.id = j.bike_id JOIN public.customer c ON c.id = b.customer_id WHERE j.status = 'open'
 EXCEPT ALL
 SELECT job_id, first_name, work, opened_on FROM public.waiting);

-- check: the cost is right
-- message: In some row parts_cost is not the sum of quantity times price, or not 0 for a job without parts.
SELECT w.job_id FROM public.waiting w
WHERE w.parts_cost IS DISTINCT FROM (SELECT coalesce(sum(jp.quantity * p.price), 0) FROM public.job_part jp JOIN public.part p ON p.id = jp.part_id WHERE jp.job_id = w.job_id);

-- check: a closed job is gone
-- message: A job that is closed stays in the view.
UPDATE public.job SET status = 'done', closed_on = '2025-06-02' WHERE status = 'open';
SELECT job_id FROM public.waiting;

-- check: a new job is there
-- message: A job that is opened now does not show, or a job without parts does not cost 0.
INSERT INTO public.job (id, bike_id, work, opened_on) VALUES (900, 8, 'bell', '2025-06-02');
SELECT 1 WHERE NOT EXISTS (SELECT FROM public.waiting WHERE job_id = 900 AND parts_cost = 0);
