-- Another name, and the same B-tree of nine megabytes.
DROP INDEX tap_tapped_at_idx;
CREATE INDEX tap_time_brin ON tap (tapped_at);
