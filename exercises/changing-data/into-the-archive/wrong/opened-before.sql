-- By the day it was opened, a job that was finished in the new year moves too.
DELETE FROM job_part WHERE job_id IN (SELECT id FROM job WHERE status = 'done' AND opened_on < '2025-01-01');
WITH gone AS (
  DELETE FROM job
  WHERE  status = 'done' AND opened_on < '2025-01-01'
  RETURNING id, bike_id, work, opened_on, closed_on
)
INSERT INTO job_archive SELECT * FROM gone;
