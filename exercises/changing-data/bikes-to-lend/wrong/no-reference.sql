-- An integer is an integer: without REFERENCES any number will do.
CREATE TABLE lending (
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer NOT NULL,
  frame_no    text NOT NULL,
  out_on      date NOT NULL,
  back_on     date,
  deposit     numeric(6,2) NOT NULL DEFAULT 0 CHECK (deposit >= 0),
  CHECK (back_on >= out_on)
);
