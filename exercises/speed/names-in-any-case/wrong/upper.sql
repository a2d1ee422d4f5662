-- Another expression, although it would do the same job. The planner does not know that.
CREATE INDEX card_holder ON card (upper(holder));
