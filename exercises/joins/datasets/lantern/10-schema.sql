-- The Lantern: a small cinema, its screenings and who came.
CREATE TABLE film (
  id        bigint PRIMARY KEY,
  title     text NOT NULL,
  year      integer NOT NULL,
  minutes   integer NOT NULL CHECK (minutes > 0),
  series    text,
  remake_of bigint REFERENCES film
);
COMMENT ON COLUMN film.series IS 'NULL: part of no series';
COMMENT ON COLUMN film.remake_of IS 'The older film; NULL: not a remake';

CREATE TABLE hall (
  id    bigint PRIMARY KEY,
  name  text NOT NULL UNIQUE,
  seats integer NOT NULL CHECK (seats > 0)
);

CREATE TABLE screening (
  id           bigint PRIMARY KEY,
  film_id      bigint NOT NULL REFERENCES film,
  hall_id      bigint NOT NULL REFERENCES hall,
  starts_at    timestamptz NOT NULL,
  cancelled_at timestamptz
);
COMMENT ON COLUMN screening.cancelled_at IS 'NULL: took place, or will';
CREATE INDEX ON screening (starts_at);

CREATE TABLE member (
  id         bigint PRIMARY KEY,
  first_name text NOT NULL,
  email      text UNIQUE,
  joined_on  date NOT NULL,
  invited_by bigint REFERENCES member
);
COMMENT ON TABLE member IS 'Members of the film club';
COMMENT ON COLUMN member.invited_by IS 'NULL: came on their own';

CREATE TABLE ticket (
  id           bigint PRIMARY KEY,
  screening_id bigint NOT NULL REFERENCES screening,
  member_id    bigint REFERENCES member,
  price        numeric(6,2) NOT NULL,
  refunded_at  timestamptz
);
COMMENT ON COLUMN ticket.member_id IS 'NULL: bought without a membership';
COMMENT ON COLUMN ticket.refunded_at IS 'NULL: not given back';
CREATE INDEX ON ticket (screening_id);

CREATE TABLE wish (
  member_id bigint NOT NULL REFERENCES member,
  film_id   bigint NOT NULL REFERENCES film,
  PRIMARY KEY (member_id, film_id)
);
COMMENT ON TABLE wish IS 'Films that members would like to see';

CREATE TABLE newsletter (
  id    bigint PRIMARY KEY,
  email text NOT NULL,
  since date NOT NULL
);
COMMENT ON TABLE newsletter IS 'Addresses from the list by the till; some people write themselves down twice';

CREATE TABLE headcount (
  screening_id bigint PRIMARY KEY REFERENCES screening,
  people       integer NOT NULL CHECK (people >= 0)
);
COMMENT ON TABLE headcount IS 'How many people the usher counted in the hall';
