-- Sorted by the name as it was typed: lower(holder) is not in this index.
CREATE INDEX card_holder ON card (holder);
