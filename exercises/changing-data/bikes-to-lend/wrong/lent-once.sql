-- UNIQUE on the frame number: a bike that was lent once can never be lent again.
CREATE TABLE lending (
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customer,
  frame_no    text NOT NULL UNIQUE,
  out_on      date NOT NULL,
  back_on     date,
  deposit     numeric(6,2) NOT NULL DEFAULT 0 CHECK (deposit >= 0),
  CHECK (back_on >= out_on)
);
