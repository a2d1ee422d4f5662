-- Sorted rightly, but of all taps: nine megabytes for two thousand rows.
CREATE INDEX tap_open ON tap (fare_cents, tapped_at);
