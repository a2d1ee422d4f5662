-- Thinks of new lines only: what is deleted or changed is never given back.
CREATE FUNCTION move_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE public.part SET in_stock = in_stock - NEW.quantity WHERE id = NEW.part_id;
  RETURN NULL;
END
$$;
CREATE TRIGGER move_stock
AFTER INSERT ON job_part
FOR EACH ROW EXECUTE FUNCTION move_stock();
