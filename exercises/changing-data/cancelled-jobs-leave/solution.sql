BEGIN;
DELETE FROM job_part AS p
USING  job AS j
WHERE  j.id = p.job_id
  AND  j.status = 'cancelled'
  AND  j.opened_on < '2025-01-01';

DELETE FROM job
WHERE  status = 'cancelled'
  AND  opened_on < '2025-01-01';
COMMIT;
