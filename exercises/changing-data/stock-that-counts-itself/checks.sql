-- check: a new line takes
-- message: After a new line the stock of its part is not lower by the quantity.
CREATE TEMP TABLE before_it AS SELECT id, in_stock FROM public.part;
INSERT INTO public.job (id, bike_id, work, opened_on) VALUES (900, 8, 'bell', '2025-06-02');
INSERT INTO public.job_part (job_id, part_id, quantity) VALUES (900, 1, 3), (900, 4, 2);
SELECT p.id FROM public.part p JOIN pg_temp.before_it b ON b.id = p.id
WHERE p.in_stock <> b.in_stock - CASE p.id WHEN 1 THEN 3 WHEN 4 THEN 2 ELSE 0 END;

-- check: a deleted line gives back
-- message: After lines are deleted, the stock of their parts is not higher by their quantities.
CREATE TEMP TABLE before_it AS
SELECT p.id, p.in_stock + coalesce((SELECT sum(jp.quantity) FROM public.job_part jp WHERE jp.part_id = p.id), 0) AS in_stock FROM public.part p;
DELETE FROM public.job_part;
SELECT p.id FROM public.part p JOIN pg_temp.before_it b ON b.id = p.id WHERE p.in_stock <> b.in_stock;

-- check: a changed quantity
-- message: After the quantity of a line is changed, the stock is not changed by the difference.
CREATE TEMP TABLE before_it AS
SELECT p.id, p.in_stock - 4 * (SELECT count(*) FROM public.job_part jp WHERE jp.part_id = p.id) AS in_stock FROM public.part p;
UPDATE public.job_part SET quantity = quantity + 4;
SELECT p.id FROM public.part p JOIN pg_temp.before_it b ON b.id = p.id WHERE p.in_stock <> b.in_stock;

-- check: another part
-- message: When a line is changed to another part, the old part does not get its quantity back, or the new one is not taken.
INSERT INTO public.job (id, bike_id, work, opened_on) VALUES (900, 8, 'bell', '2025-06-02');
INSERT INTO public.job_part (job_id, part_id, quantity) VALUES (900, 1, 3);
CREATE TEMP TABLE before_it AS SELECT id, in_stock FROM public.part;
UPDATE public.job_part SET part_id = 5, quantity = 2 WHERE job_id = 900;
SELECT p.id FROM public.part p JOIN pg_temp.before_it b ON b.id = p.id
WHERE p.in_stock <> b.in_stock + CASE p.id WHEN 1 THEN 3 WHEN 5 THEN -2 ELSE 0 END;

-- check: another part, as many of it
-- message: When only the part of a line is changed, the stock is not moved from one part to the other.
INSERT INTO public.job (id, bike_id, work, opened_on) VALUES (900, 8, 'bell', '2025-06-02');
INSERT INTO public.job_part (job_id, part_id, quantity) VALUES (900, 1, 3);
CREATE TEMP TABLE before_it AS SELECT id, in_stock FROM public.part;
UPDATE public.job_part SET part_id = 5 WHERE job_id = 900;
SELECT p.id FROM public.part p JOIN pg_temp.before_it b ON b.id = p.id
WHERE p.in_stock <> b.in_stock + CASE p.id WHEN 1 THEN 3 WHEN 5 THEN -3 ELSE 0 END;

-- check: the stock of today stays
-- message: Your statements changed the stock of parts that nobody touched.
SELECT 1 WHERE (SELECT sum(in_stock * id) FROM public.part) NOT IN (1914, 162);
