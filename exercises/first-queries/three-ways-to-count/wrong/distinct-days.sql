-- DISTINCT where it does not belong: two loans that came back on one day count once.
SELECT count(*)                    AS loans,
       count(DISTINCT returned_on) AS back,
       count(DISTINCT item_id)     AS items,
       count(DISTINCT member_id)   AS members
FROM   loan;
