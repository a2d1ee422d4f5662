BEGIN;
INSERT INTO job_archive
SELECT id, bike_id, work, opened_on, closed_on FROM job WHERE status = 'done' AND closed_on < '2025-01-01';
DELETE FROM job_part WHERE job_id IN (SELECT job_id FROM job_archive);
DELETE FROM job WHERE id IN (SELECT job_id FROM job_archive);
COMMIT;
