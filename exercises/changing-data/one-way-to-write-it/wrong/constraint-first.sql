-- The constraint meets the untidy rows and refuses.
ALTER TABLE bike
  ADD CONSTRAINT frame_no_is_clean CHECK (frame_no = upper(trim(frame_no))),
  ADD CONSTRAINT frame_no_is_unique UNIQUE (frame_no);
UPDATE bike SET frame_no = upper(trim(frame_no));
