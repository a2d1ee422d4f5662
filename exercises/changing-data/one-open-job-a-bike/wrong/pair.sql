-- One job for each bike and status: then there could be only one that is done.
CREATE UNIQUE INDEX one_open_job ON job (bike_id, status);
