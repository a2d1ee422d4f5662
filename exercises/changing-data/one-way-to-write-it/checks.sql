-- check: all numbers are clean
-- message: Some frame numbers still have small letters, or blanks around them.
SELECT id, frame_no FROM public.bike WHERE frame_no <> upper(trim(frame_no));

-- check: nothing else changed
-- message: A bike has another number than before, or is gone.
SELECT 1 WHERE (SELECT string_agg(concat(id, customer_id, kind, frame_no), ',' ORDER BY id) FROM public.bike)
       NOT IN ('11cityCL-1180,21cargoCL-2044,32roadCL-0977,43cityCL-3310,54foldingCL-4125,64childrenCL-4126,75touringCL-5550,86cityCL-6071,97roadCL-7003,107cityCL-7004,118cargoCL-8800,122cityCL-0978',
               '23roadCL-31,33roadCL-32,75cargoCL-33,86cityCL-34,119touringCL-35,1512cityCL-36');

-- check: a clean new number goes in
-- message: The table refuses a new number that is written as it should be.
INSERT INTO public.bike (customer_id, kind, frame_no) VALUES (3, 'city', 'CL-9999');

-- check: other makers have other numbers
-- message: The table refuses a number of another maker, although it has capitals and no blanks around it.
INSERT INTO public.bike (customer_id, kind, frame_no) VALUES (3, 'city', 'WBK 77-120 X/4');

-- check: small letters are refused
-- message: The table accepts a number in small letters.
-- error: 23514
INSERT INTO public.bike (customer_id, kind, frame_no) VALUES (3, 'city', 'cl-9999');

-- check: blanks are refused
-- message: The table accepts a number with a blank in front of it or behind it.
-- error: 23514
INSERT INTO public.bike (customer_id, kind, frame_no) VALUES (3, 'city', ' CL-9999');

-- check: blanks behind are refused
-- message: The table accepts a number with a blank behind it.
-- error: 23514
INSERT INTO public.bike (customer_id, kind, frame_no) VALUES (3, 'city', 'CL-9999 ');

-- check: a number is there once
-- message: The table accepts the same number twice.
-- error: 23505
INSERT INTO public.bike (customer_id, kind, frame_no) VALUES (3, 'city', 'CL-9999'), (5, 'road', 'CL-9999');
