-- The B-tree is still there, so the planner takes it.
CREATE INDEX tap_time_brin ON tap USING brin (tapped_at);
