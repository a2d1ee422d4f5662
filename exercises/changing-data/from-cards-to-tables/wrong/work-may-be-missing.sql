-- Forgets that a repair without a work says nothing: the column takes NULL.
CREATE TABLE owner (phone text PRIMARY KEY, first_name text NOT NULL);
CREATE TABLE repair (
  card_no integer PRIMARY KEY,
  phone   text NOT NULL REFERENCES owner,
  work    text,
  done_on date NOT NULL
);
INSERT INTO owner
SELECT DISTINCT ON (phone) phone, first_name
FROM   paper_card
ORDER  BY phone, done_on DESC, card_no DESC;
INSERT INTO repair SELECT card_no, phone, work, done_on FROM paper_card;
