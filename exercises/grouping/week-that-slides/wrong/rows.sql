-- Seven rows reach back over closed days, so the sum is of more than a week.
SELECT evening, sum(paid) AS takings,
       sum(sum(paid)) OVER (ORDER BY evening ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS seven_days
FROM   sale
GROUP  BY evening
ORDER  BY evening;
