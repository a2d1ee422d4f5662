INSERT INTO job (bike_id, work, opened_on)
SELECT b.id, 'inspection', date '2025-06-02'
FROM   bike AS b
WHERE  NOT EXISTS (SELECT FROM job AS j
                   WHERE  j.bike_id = b.id
                     AND  j.work = 'inspection'
                     AND  (j.status = 'open'
                           OR j.status = 'done' AND j.closed_on >= '2024-06-01'));
