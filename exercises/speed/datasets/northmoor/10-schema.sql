-- Northmoor Railway: what the ticket gates record.
CREATE TABLE station (
  id     smallint PRIMARY KEY,
  name   text NOT NULL,
  region text NOT NULL
);

CREATE TABLE card (
  id     integer PRIMARY KEY,
  holder text NOT NULL,
  kind   text NOT NULL
);
COMMENT ON COLUMN card.holder IS 'As it was typed: capitals come and go';

CREATE TABLE tap (
  tapped_at  timestamp NOT NULL,
  card_id    integer,
  station_id smallint NOT NULL,
  fare_cents smallint
);
COMMENT ON TABLE tap IS 'A card held to a gate, in order of time. No primary key: rows are only ever added';
COMMENT ON COLUMN tap.tapped_at IS 'To the minute, local time';
COMMENT ON COLUMN tap.card_id IS 'NULL: a paper ticket';
COMMENT ON COLUMN tap.fare_cents IS 'NULL: not worked out yet';
