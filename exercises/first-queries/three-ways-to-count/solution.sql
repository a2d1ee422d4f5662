SELECT count(*)                  AS loans,
       count(returned_on)        AS back,
       count(DISTINCT item_id)   AS items,
       count(DISTINCT member_id) AS members
FROM   loan;
