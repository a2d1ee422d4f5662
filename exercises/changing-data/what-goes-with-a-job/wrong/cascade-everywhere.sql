-- CASCADE on everything is convenient until somebody deletes a bike.
ALTER TABLE job_part
  DROP CONSTRAINT job_part_job_id_fkey,
  ADD  CONSTRAINT job_part_job_id_fkey FOREIGN KEY (job_id) REFERENCES job ON DELETE CASCADE;
ALTER TABLE job
  DROP CONSTRAINT job_bike_id_fkey,
  ADD  CONSTRAINT job_bike_id_fkey FOREIGN KEY (bike_id) REFERENCES bike ON DELETE CASCADE;
