-- min takes the first name in the alphabet, not the one on the newest card.
CREATE TABLE owner (phone text PRIMARY KEY, first_name text NOT NULL);
CREATE TABLE repair (
  card_no integer PRIMARY KEY,
  phone   text NOT NULL REFERENCES owner,
  work    text NOT NULL,
  done_on date NOT NULL
);
INSERT INTO owner SELECT phone, min(first_name) FROM paper_card GROUP BY phone;
INSERT INTO repair SELECT card_no, phone, work, done_on FROM paper_card;
