CREATE INDEX tap_open ON tap (tapped_at) WHERE fare_cents IS NULL;
