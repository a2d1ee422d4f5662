-- An index without UNIQUE makes searching fast and refuses nothing.
CREATE INDEX one_open_job ON job (bike_id) WHERE status = 'open';
