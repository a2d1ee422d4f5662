-- Looks quickest, but * brings every column, also those nobody asked for.
SELECT *
FROM   item;
