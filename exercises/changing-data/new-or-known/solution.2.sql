MERGE INTO regular AS r
USING (SELECT phone, first_name, count(*)::integer AS visits, max(day) AS day
       FROM   visit
       GROUP  BY phone, first_name) AS v
ON    v.phone = r.phone
WHEN MATCHED THEN
  UPDATE SET visits = r.visits + v.visits, last_seen_on = greatest(r.last_seen_on, v.day)
WHEN NOT MATCHED THEN
  INSERT (phone, first_name, visits, last_seen_on) VALUES (v.phone, v.first_name, v.visits, v.day);
