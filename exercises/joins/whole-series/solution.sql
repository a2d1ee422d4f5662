SELECT m.id, m.first_name
FROM   member AS m
WHERE  NOT EXISTS (SELECT FROM film AS f
                   WHERE  f.series = 'Harbour nights'
                     AND  NOT EXISTS (SELECT FROM ticket AS t
                                      JOIN   screening AS s ON s.id = t.screening_id
                                      WHERE  t.member_id = m.id
                                        AND  s.film_id = f.id
                                        AND  t.refunded_at IS NULL));
