-- CREATE TABLE AS copies rows, but no keys: the tables accept anything.
CREATE TABLE owner AS
SELECT DISTINCT ON (phone) phone, first_name
FROM   paper_card
ORDER  BY phone, done_on DESC, card_no DESC;

CREATE TABLE repair AS
SELECT card_no, phone, work, done_on
FROM   paper_card;
