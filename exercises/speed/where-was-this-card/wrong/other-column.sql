-- Indexes a column that the query shows. What counts is the column it searches by.
CREATE INDEX tap_card ON tap (station_id);
