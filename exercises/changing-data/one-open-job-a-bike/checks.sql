-- check: a second open job is refused
-- message: A bike can have two open jobs.
-- error: any
INSERT INTO public.job (bike_id, work, opened_on) VALUES (8, 'bell', '2025-06-02'), (8, 'saddle', '2025-06-02');

-- check: a job cannot be opened again beside another
-- message: A job that is done can be set to open while another one is open.
-- error: any
INSERT INTO public.job (bike_id, work, opened_on) VALUES (8, 'bell', '2025-06-02');
UPDATE public.job SET status = 'open' WHERE bike_id = 8;

-- check: finished jobs may be many
-- message: A bike can't have several jobs that are done or cancelled.
INSERT INTO public.job (bike_id, work, status, opened_on, closed_on)
VALUES (8, 'bell', 'done', '2025-06-02', '2025-06-02'), (8, 'bell', 'done', '2025-06-02', '2025-06-02'),
       (8, 'bell', 'cancelled', '2025-06-02', '2025-06-02'), (8, 'bell', 'cancelled', '2025-06-02', '2025-06-02');

-- check: closing makes room
-- message: After the open job is closed, no new one can be opened.
INSERT INTO public.job (bike_id, work, opened_on) VALUES (8, 'bell', '2025-06-02');
UPDATE public.job SET status = 'done', closed_on = '2025-06-03' WHERE bike_id = 8 AND status = 'open';
INSERT INTO public.job (bike_id, work, opened_on) VALUES (8, 'saddle', '2025-06-04');

-- check: different bikes
-- message: Two different bikes can't be open at the same time.
UPDATE public.job SET status = 'done', closed_on = '2025-06-01' WHERE status = 'open';
INSERT INTO public.job (bike_id, work, opened_on) VALUES (8, 'bell', '2025-06-02'), (2, 'bell', '2025-06-02');

-- check: nothing is gone
-- message: Your statement changed or deleted jobs.
SELECT 1 WHERE (SELECT count(*) FROM public.job WHERE status = 'open') NOT IN (4, 2) OR (SELECT count(*) FROM public.job) NOT IN (18, 8);
