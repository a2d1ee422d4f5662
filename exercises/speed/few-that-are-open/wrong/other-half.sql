-- IS NOT NULL: just those that nobody looks for.
CREATE INDEX tap_open ON tap (tapped_at) WHERE fare_cents IS NOT NULL;
