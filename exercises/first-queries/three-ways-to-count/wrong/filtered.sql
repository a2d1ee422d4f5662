-- WHERE throws the open loans away before anything is counted.
SELECT count(*)                  AS loans,
       count(*)                  AS back,
       count(DISTINCT item_id)   AS items,
       count(DISTINCT member_id) AS members
FROM   loan
WHERE  returned_on IS NOT NULL;
