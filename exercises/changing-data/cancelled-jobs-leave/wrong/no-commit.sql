-- BEGIN without COMMIT: at the end of the session everything is rolled back.
BEGIN;
DELETE FROM job_part
WHERE  job_id IN (SELECT id FROM job WHERE status = 'cancelled' AND opened_on < '2025-01-01');
DELETE FROM job WHERE status = 'cancelled' AND opened_on < '2025-01-01';
