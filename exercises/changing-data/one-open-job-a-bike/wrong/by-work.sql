-- Takes the work into the index, so two open jobs for different works get in.
CREATE UNIQUE INDEX one_open_job ON job (bike_id, work) WHERE status = 'open';
