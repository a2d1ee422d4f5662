-- What an answer is worth, and the best that an attempt ever reached: answers may be worth a part of the points.
alter table submissions add column score double precision check (score between 0 and 1);

-- An answer of before is worth a part where its exercise said how much cases, tests or checks count.
update submissions set score = case
  when verdict_kind = 'accepted' then 1
  when verdict_kind <> 'internal_error' and jsonb_typeof(verdict #> '{code,score}') = 'number'
    and jsonb_path_exists(verdict, '$.code.items[*].weight ? (@ != 1)')
    then greatest(0, least(0.99, (verdict #>> '{code,score}')::double precision))
  else 0 end
where judged_at is not null;

alter table submissions add constraint submissions_judged_has_score check ((verdict is null) = (score is null));
alter table submissions add constraint submissions_accepted_is_all check ((verdict_kind = 'accepted') = (score = 1));

alter table attempts add column best_score double precision not null default 0 check (best_score between 0 and 1);
alter table attempts add column best_at timestamptz(3);

update attempts a set best_score = s.score, best_at = s.submitted_at
from (select distinct on (attempt_id) attempt_id, score, submitted_at from submissions
  where score > 0 and score < 1 order by attempt_id, score desc, submitted_at) s
where s.attempt_id = a.id and a.outcome <> 'accepted';
update attempts set best_score = 1, best_at = accepted_at where outcome = 'accepted';

alter table attempts add constraint attempts_accepted_has_all check ((outcome = 'accepted') = (best_score = 1));
alter table attempts add constraint attempts_score_has_time check ((best_score > 0) = (best_at is not null));
