CREATE TABLE lending (
  id integer
);
