CREATE UNIQUE INDEX one_open_job
ON     job (bike_id)
WHERE  status = 'open';
