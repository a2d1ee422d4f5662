ALTER TABLE job_part
  DROP CONSTRAINT job_part_job_id_fkey,
  ADD  CONSTRAINT job_part_job_id_fkey FOREIGN KEY (job_id) REFERENCES job ON DELETE CASCADE;
