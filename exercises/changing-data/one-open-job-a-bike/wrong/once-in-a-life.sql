-- A bike that was here before has several jobs, so this index can't even be made.
CREATE UNIQUE INDEX one_open_job ON job (bike_id);
