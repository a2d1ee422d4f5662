-- Takes "no fare" for 0.
CREATE INDEX tap_open ON tap (tapped_at) WHERE fare_cents = 0;
