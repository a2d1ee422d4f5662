-- Asks for the shape of the numbers that are there. The next bike may be of another maker.
UPDATE bike SET frame_no = upper(trim(frame_no));
ALTER TABLE bike
  ADD CONSTRAINT frame_no_is_clean CHECK (frame_no ~ '^CL-[0-9]+$'),
  ADD CONSTRAINT frame_no_is_unique UNIQUE (frame_no);
