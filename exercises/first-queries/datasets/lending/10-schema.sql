-- The Borrowing Room: a room full of things that members borrow by the day.
CREATE TABLE member (
  id         integer PRIMARY KEY,
  first_name text NOT NULL,
  joined_on  date NOT NULL,
  street     text NOT NULL,
  email      text
);
COMMENT ON TABLE member IS 'People who may borrow';
COMMENT ON COLUMN member.email IS 'NULL: has none, gets letters';

CREATE TABLE item (
  id         integer PRIMARY KEY,
  name       text NOT NULL,
  category   text NOT NULL,
  daily_fee  numeric(5,2) NOT NULL CHECK (daily_fee >= 0),
  deposit    numeric(6,2),
  bought_on  date NOT NULL,
  weight_g   integer CHECK (weight_g > 0),
  retired_on date
);
COMMENT ON TABLE item IS 'Things that can be borrowed';
COMMENT ON COLUMN item.deposit IS '0: none is asked. NULL: not decided yet';
COMMENT ON COLUMN item.weight_g IS 'In grams. NULL: nobody has weighed it yet';
COMMENT ON COLUMN item.retired_on IS 'NULL: still lent out';

CREATE TABLE loan (
  id          integer PRIMARY KEY,
  item_id     integer NOT NULL REFERENCES item,
  member_id   integer NOT NULL REFERENCES member,
  taken_on    date NOT NULL,
  due_on      date NOT NULL,
  returned_on date,
  CHECK (due_on > taken_on)
);
COMMENT ON TABLE loan IS 'Who had what, and when';
COMMENT ON COLUMN loan.returned_on IS 'NULL: not back yet';
