-- Seven days before and this one are eight.
SELECT evening, sum(paid) AS takings,
       sum(sum(paid)) OVER (ORDER BY evening
                            RANGE BETWEEN INTERVAL '7 days' PRECEDING AND CURRENT ROW) AS seven_days
FROM   sale
GROUP  BY evening
ORDER  BY evening;
