-- concat skips NULL in silence: the label ends with " g" and nothing before it.
SELECT id,
       concat(name, ' (', category, '), ', weight_g, ' g') AS label
FROM   item
WHERE  retired_on IS NULL;
