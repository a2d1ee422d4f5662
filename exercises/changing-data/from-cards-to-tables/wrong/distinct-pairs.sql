-- DISTINCT over both columns leaves two rows for a phone with two names, and the key refuses.
CREATE TABLE owner (phone text PRIMARY KEY, first_name text NOT NULL);
CREATE TABLE repair (
  card_no integer PRIMARY KEY,
  phone   text NOT NULL REFERENCES owner,
  work    text NOT NULL,
  done_on date NOT NULL
);
INSERT INTO owner SELECT DISTINCT phone, first_name FROM paper_card;
INSERT INTO repair SELECT card_no, phone, work, done_on FROM paper_card;
