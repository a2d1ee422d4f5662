ALTER TABLE job
  ADD CONSTRAINT one_open_job EXCLUDE (bike_id WITH =) WHERE (status = 'open');
