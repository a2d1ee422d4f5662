-- count(item_id) counts rows with an item, and every loan has one.
SELECT count(*)           AS loans,
       count(returned_on) AS back,
       count(item_id)     AS items,
       count(member_id)   AS members
FROM   loan;
