-- Stretches of 2048 pages: three entries for the whole table, and a day reads a third of it.
DROP INDEX tap_tapped_at_idx;
CREATE INDEX tap_time_brin ON tap USING brin (tapped_at) WITH (pages_per_range = 2048);
