-- The name is only carried along, so the index can't be searched by it.
CREATE INDEX card_holder ON card (id) INCLUDE (holder);
