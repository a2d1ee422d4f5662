-- Clears the lines of every cancelled job, also of those that stay.
DELETE FROM job_part
WHERE  job_id IN (SELECT id FROM job WHERE status = 'cancelled');
DELETE FROM job WHERE status = 'cancelled' AND opened_on < '2025-01-01';
