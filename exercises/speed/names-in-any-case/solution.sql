CREATE INDEX card_holder ON card (lower(holder));
