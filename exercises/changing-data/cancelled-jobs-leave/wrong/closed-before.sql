-- Looks at the day they were cancelled, not at the day they were opened.
DELETE FROM job_part
WHERE  job_id IN (SELECT id FROM job WHERE status = 'cancelled' AND closed_on < '2025-01-01');
DELETE FROM job WHERE status = 'cancelled' AND closed_on < '2025-01-01';
