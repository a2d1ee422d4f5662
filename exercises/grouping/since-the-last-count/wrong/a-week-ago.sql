-- Looks exactly a week back, and finds nothing where a week was missed.
SELECT c.drink_id, c.counted_on, c.bottles, c.bottles - p.bottles AS change
FROM   stock_count AS c
LEFT   JOIN stock_count AS p ON p.drink_id = c.drink_id AND p.counted_on = c.counted_on - 7;
