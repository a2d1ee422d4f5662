-- UPDATE OF quantity: the trigger sleeps when only the part is changed.
CREATE FUNCTION move_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') THEN
    UPDATE public.part SET in_stock = in_stock + OLD.quantity WHERE id = OLD.part_id;
  END IF;
  IF TG_OP IN ('INSERT', 'UPDATE') THEN
    UPDATE public.part SET in_stock = in_stock - NEW.quantity WHERE id = NEW.part_id;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER move_stock
AFTER INSERT OR UPDATE OF quantity OR DELETE ON job_part
FOR EACH ROW EXECUTE FUNCTION move_stock();
