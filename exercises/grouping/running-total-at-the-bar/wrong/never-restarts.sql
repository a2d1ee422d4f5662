-- Without PARTITION BY the total runs on over the end of the month.
SELECT evening, sum(paid) AS takings,
       sum(sum(paid)) OVER (ORDER BY evening) AS month_so_far
FROM   sale
GROUP  BY evening
ORDER  BY evening;
