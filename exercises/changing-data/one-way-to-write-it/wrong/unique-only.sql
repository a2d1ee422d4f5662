-- UNIQUE compares letter by letter, so cl-2044 may come in beside CL-2044 again.
UPDATE bike SET frame_no = upper(trim(frame_no));
ALTER TABLE bike ADD CONSTRAINT frame_no_is_unique UNIQUE (frame_no);
