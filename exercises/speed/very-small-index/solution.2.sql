CREATE INDEX tap_time_brin ON tap USING brin (tapped_at) WITH (pages_per_range = 16);
DROP INDEX tap_tapped_at_idx;
