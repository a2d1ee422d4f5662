-- Adds what a member hands over at the counter, deposit and all; the deposit comes back.
SELECT name, daily_fee, daily_fee * 7 + deposit AS week_fee
FROM   item;
