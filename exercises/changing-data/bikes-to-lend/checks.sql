-- check: a bike goes out
-- message: A row with customer, frame number and the day it went out is refused, or its defaults are wrong: no day of return, deposit 0.
INSERT INTO public.lending (customer_id, frame_no, out_on) VALUES (3, 'CL-1', '2025-06-02'), (3, 'CL-2', '2025-06-02');
SELECT * FROM public.lending WHERE id IS NULL OR back_on IS NOT NULL OR deposit IS DISTINCT FROM 0;

-- check: it comes back the same day
-- message: A bike that comes back on the day it went out, with a deposit, is refused.
INSERT INTO public.lending (customer_id, frame_no, out_on, back_on, deposit) VALUES (3, 'CL-1', '2025-06-02', '2025-06-02', 120.50);
SELECT * FROM public.lending WHERE deposit <> 120.50 OR back_on <> '2025-06-02';

-- check: the id is the primary key
-- message: The table has no primary key on id alone.
SELECT 1 WHERE NOT EXISTS (
  SELECT FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attname = 'id'
  WHERE c.conrelid = to_regclass('public.lending') AND c.contype = 'p' AND c.conkey = ARRAY[a.attnum]);

-- check: whole numbers, days and money
-- message: id and customer_id are integers, frame_no a text, the days dates, deposit numeric(6,2). A column has another type.
SELECT w.name
FROM   (VALUES ('id', 'integer'), ('customer_id', 'integer'), ('frame_no', 'text'), ('out_on', 'date'), ('back_on', 'date'),
               ('deposit', 'numeric(6,2)')) AS w (name, type)
WHERE  w.type IS DISTINCT FROM (SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute AS a
                                WHERE a.attrelid = to_regclass('public.lending') AND a.attname = w.name);

-- check: not back before it went
-- message: The table accepts a bike that came back before it went out.
-- error: 23514
INSERT INTO public.lending (customer_id, frame_no, out_on, back_on) VALUES (3, 'CL-1', '2025-06-02', '2025-06-01');

-- check: no negative deposit
-- message: The table accepts a negative deposit.
-- error: 23514
INSERT INTO public.lending (customer_id, frame_no, out_on, deposit) VALUES (3, 'CL-1', '2025-06-02', -0.01);

-- check: customers only
-- message: The table accepts a customer_id that no customer has.
-- error: 23503
INSERT INTO public.lending (customer_id, frame_no, out_on) VALUES (-7, 'CL-1', '2025-06-02');

-- check: somebody borrows it
-- message: The table accepts a row without customer_id.
-- error: 23502
INSERT INTO public.lending (frame_no, out_on) VALUES ('CL-1', '2025-06-02');

-- check: some bike
-- message: The table accepts a row without frame_no.
-- error: 23502
INSERT INTO public.lending (customer_id, out_on) VALUES (3, '2025-06-02');

-- check: some day
-- message: The table accepts a row without out_on.
-- error: 23502
INSERT INTO public.lending (customer_id, frame_no) VALUES (3, 'CL-1');

-- check: a deposit is known
-- message: The table accepts NULL for the deposit.
-- error: 23502
INSERT INTO public.lending (customer_id, frame_no, out_on, deposit) VALUES (3, 'CL-1', '2025-06-02', NULL);

-- check: the same bike goes out again
-- message: The table refuses a second row with the same bike, or the same customer.
INSERT INTO public.lending (customer_id, frame_no, out_on, back_on) VALUES (3, 'CL-1', '2025-06-02', '2025-06-02');
INSERT INTO public.lending (customer_id, frame_no, out_on) VALUES (3, 'CL-1', '2025-06-02');
SELECT 1 WHERE (SELECT count(*) FROM public.lending WHERE customer_id = 3 AND frame_no = 'CL-1') <> 2;
