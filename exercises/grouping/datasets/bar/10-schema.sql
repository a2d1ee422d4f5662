-- The bar in the foyer of The Lantern.
CREATE TABLE drink (
  id    integer PRIMARY KEY,
  name  text NOT NULL UNIQUE,
  kind  text NOT NULL,
  price numeric(5,2) NOT NULL CHECK (price > 0)
);
COMMENT ON TABLE drink IS 'What is on the menu, the food too';
COMMENT ON COLUMN drink.price IS 'Price today; what was paid at the time is in sale';

CREATE TABLE barkeeper (
  id         integer PRIMARY KEY,
  first_name text NOT NULL UNIQUE
);

CREATE TABLE sale (
  id           integer PRIMARY KEY,
  evening      date NOT NULL,
  sold_at      timestamptz NOT NULL,
  drink_id     integer NOT NULL REFERENCES drink,
  barkeeper_id integer REFERENCES barkeeper,
  quantity     integer NOT NULL CHECK (quantity > 0),
  paid         numeric(7,2) NOT NULL
);
COMMENT ON COLUMN sale.evening IS 'The evening it belongs to, also after midnight';
COMMENT ON COLUMN sale.barkeeper_id IS 'NULL: bought at the machine';
COMMENT ON COLUMN sale.paid IS 'For the whole quantity; 0 where the house paid';

CREATE TABLE shift (
  barkeeper_id integer NOT NULL REFERENCES barkeeper,
  day          date NOT NULL,
  part         text NOT NULL CHECK (part IN ('early', 'late')),
  PRIMARY KEY (barkeeper_id, day, part)
);

CREATE TABLE stock_count (
  drink_id   integer NOT NULL REFERENCES drink,
  counted_on date NOT NULL,
  bottles    integer NOT NULL,
  PRIMARY KEY (drink_id, counted_on)
);
COMMENT ON TABLE stock_count IS 'What stood in the cellar on the day somebody counted';
