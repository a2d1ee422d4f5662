CREATE INDEX tap_card ON tap (card_id, tapped_at);
