-- Takes the difference from the new part, which is wrong when the part itself was changed.
CREATE FUNCTION move_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE public.part SET in_stock = in_stock - NEW.quantity WHERE id = NEW.part_id;
  ELSIF TG_OP = 'UPDATE' THEN
    UPDATE public.part SET in_stock = in_stock - (NEW.quantity - OLD.quantity) WHERE id = NEW.part_id;
  ELSE
    UPDATE public.part SET in_stock = in_stock + OLD.quantity WHERE id = OLD.part_id;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER move_stock
AFTER INSERT OR UPDATE OR DELETE ON job_part
FOR EACH ROW EXECUTE FUNCTION move_stock();
