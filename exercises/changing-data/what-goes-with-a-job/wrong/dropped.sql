-- Without a foreign key the job can be deleted, and the lines stay behind without it.
ALTER TABLE job_part DROP CONSTRAINT job_part_job_id_fkey;
