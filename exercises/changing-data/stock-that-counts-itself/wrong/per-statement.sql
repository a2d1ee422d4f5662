-- FOR EACH STATEMENT has no NEW and no OLD: they are NULL, and nothing is ever counted.
CREATE FUNCTION move_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE public.part SET in_stock = in_stock - NEW.quantity WHERE id = NEW.part_id;
  RETURN NULL;
END
$$;
CREATE TRIGGER move_stock
AFTER INSERT OR UPDATE OR DELETE ON job_part
FOR EACH STATEMENT EXECUTE FUNCTION move_stock();
