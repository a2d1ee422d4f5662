-- Goes through the jobs, so a bike with three old jobs gets three new ones, and one without any gets none.
INSERT INTO job (bike_id, work, opened_on)
SELECT j.bike_id, 'inspection', date '2025-06-02'
FROM   job AS j
WHERE  j.work <> 'inspection' OR j.closed_on < '2024-06-01';
