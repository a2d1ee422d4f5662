DELETE FROM job_part AS p
USING  job AS j
WHERE  j.id = p.job_id
  AND  j.status = 'done'
  AND  j.closed_on < '2025-01-01';

WITH gone AS (
  DELETE FROM job
  WHERE  status = 'done'
    AND  closed_on < '2025-01-01'
  RETURNING id, bike_id, work, opened_on, closed_on
)
INSERT INTO job_archive (job_id, bike_id, work, opened_on, closed_on)
SELECT id, bike_id, work, opened_on, closed_on
FROM   gone;
