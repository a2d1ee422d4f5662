-- A default fills in what is left out. It does not stop anybody from writing NULL.
CREATE TABLE lending (
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer REFERENCES customer,
  frame_no    text NOT NULL,
  out_on      date NOT NULL,
  back_on     date,
  deposit     numeric(6,2) DEFAULT 0 CHECK (deposit >= 0),
  CHECK (back_on >= out_on)
);
