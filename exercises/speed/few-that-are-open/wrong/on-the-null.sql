-- Indexes the column that is NULL in every row of the index: small, and sorted by nothing.
CREATE INDEX tap_open ON tap (fare_cents) WHERE fare_cents IS NULL;
