-- A BRIN index is small as well, but it has no order in which the oldest come first.
CREATE INDEX tap_open ON tap USING brin (tapped_at) WHERE fare_cents IS NULL;
