-- The time stands in front, so the taps of one card are spread over the whole index.
CREATE INDEX tap_card ON tap (tapped_at, card_id);
