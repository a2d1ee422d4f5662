-- closed_on is also set where a job was cancelled.
DELETE FROM job_part WHERE job_id IN (SELECT id FROM job WHERE closed_on < '2025-01-01');
WITH gone AS (
  DELETE FROM job
  WHERE  closed_on < '2025-01-01'
  RETURNING id, bike_id, work, opened_on, closed_on
)
INSERT INTO job_archive SELECT * FROM gone;
