-- One floor only: mean and median of single sales.
SELECT extract(isodow FROM evening)::integer AS weekday,
       count(DISTINCT evening) AS evenings,
       round(avg(paid), 2) AS mean,
       round(percentile_cont(0.5) WITHIN GROUP (ORDER BY paid)::numeric, 2) AS median
FROM   sale
GROUP  BY 1
ORDER  BY weekday;
