-- check: lines go with their job
-- message: A job with part lines can't be deleted, or its lines stay behind.
DELETE FROM public.job WHERE id = 4;
SELECT job_id FROM public.job_part WHERE job_id = 4;

-- check: other lines stay
-- message: Deleting one job took lines of another with it.
DELETE FROM public.job WHERE id = 4;
SELECT 1 WHERE (SELECT count(*) FROM public.job_part) < 8;

-- check: a line needs a job
-- message: job_part accepts a job_id that no job has.
-- error: 23503
INSERT INTO public.job_part (job_id, part_id, quantity) VALUES (-1, 1, 1);

-- check: a bike with jobs stays
-- message: A bike that has jobs can be deleted.
-- error: any
DELETE FROM public.bike WHERE id = 2;

-- check: a part that was used stays
-- message: A part that was used in a job can be deleted.
-- error: any
DELETE FROM public.part WHERE id = 1;

-- check: nothing is gone
-- message: Your statements deleted rows.
SELECT 1 WHERE (SELECT count(*) FROM public.job_part) NOT IN (23, 9) OR (SELECT count(*) FROM public.job) NOT IN (18, 8);
