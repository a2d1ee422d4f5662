-- A condition that leaves out the wanted card: the index does not know it.
CREATE INDEX tap_card ON tap (card_id) WHERE card_id > 10000;
