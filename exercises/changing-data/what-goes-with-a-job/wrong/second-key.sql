-- A second foreign key beside the old one: the old one still refuses.
ALTER TABLE job_part
  ADD CONSTRAINT job_part_job_cascade FOREIGN KEY (job_id) REFERENCES job ON DELETE CASCADE;
