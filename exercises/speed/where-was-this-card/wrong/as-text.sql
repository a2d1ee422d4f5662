-- An index on the text of the number answers questions about texts only.
CREATE INDEX tap_card ON tap ((card_id::text));
