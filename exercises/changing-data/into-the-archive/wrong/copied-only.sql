-- Copies, and leaves the originals where they were.
INSERT INTO job_archive (job_id, bike_id, work, opened_on, closed_on)
SELECT id, bike_id, work, opened_on, closed_on
FROM   job
WHERE  status = 'done'
  AND  closed_on < '2025-01-01';
