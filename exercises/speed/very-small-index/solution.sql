DROP INDEX tap_tapped_at_idx;
CREATE INDEX tap_time_brin ON tap USING brin (tapped_at);
