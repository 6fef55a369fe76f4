-- Why: a number at the till means one thing; two requests at once must not give it to a product and to a service.
-- check before: to_regclass('public.products') IS NOT NULL AND to_regclass('public.services') IS NOT NULL
-- check after: (SELECT count(*) = 2 FROM pg_trigger WHERE tgname = 'one_sku_one_item')

CREATE FUNCTION tessera.refuse_taken_sku() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE is_taken boolean;
BEGIN
  -- whoever writes the same number waits here, so the check below sees what the other one wrote
  PERFORM pg_advisory_xact_lock(hashtextextended('sku ' || NEW.sku, 0));
  IF TG_TABLE_NAME = 'products' THEN
    is_taken := EXISTS (SELECT 1 FROM public.services s WHERE s.sku = NEW.sku);
  ELSE
    is_taken := EXISTS (SELECT 1 FROM public.products p WHERE p.sku = NEW.sku);
  END IF;
  IF is_taken THEN
    RAISE EXCEPTION 'another product or service has the number %', NEW.sku
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'one_sku_one_item';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER one_sku_one_item BEFORE INSERT OR UPDATE OF sku ON public.products
  FOR EACH ROW EXECUTE FUNCTION tessera.refuse_taken_sku();
CREATE TRIGGER one_sku_one_item BEFORE INSERT OR UPDATE OF sku ON public.services
  FOR EACH ROW EXECUTE FUNCTION tessera.refuse_taken_sku();
