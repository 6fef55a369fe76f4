-- Why: every write of master data, by whatever route, raises its version; what must be unique is so under concurrency too.
-- check before: to_regclass('public.members') IS NOT NULL AND to_regclass('public.staff_profiles') IS NOT NULL
-- check after: (SELECT count(*) = 8 FROM pg_trigger WHERE tgname = 'raise_version')

-- What a client sends as version is never believed.
CREATE FUNCTION tessera.raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE OLD.version + 1 END;
  RETURN NEW;
END $$;

DO $$
DECLARE master text;
BEGIN
  FOREACH master IN ARRAY ARRAY['stores', 'tills', 'members', 'products', 'services', 'categories', 'tax_classes', 'staff_profiles']
  LOOP
    EXECUTE format('CREATE TRIGGER raise_version BEFORE INSERT OR UPDATE ON public.%I
      FOR EACH ROW EXECUTE FUNCTION tessera.raise_version()', master);
    EXECUTE format('CREATE UNIQUE INDEX %I ON public.%I (document_id)', master || '_document_key', master);
  END LOOP;
END $$;

-- Strapi checks `unique` with a query before it writes: two requests at once would both pass.
CREATE UNIQUE INDEX stores_code_key ON public.stores (code);
CREATE UNIQUE INDEX tills_code_key ON public.tills (code);
CREATE UNIQUE INDEX members_member_no_key ON public.members (member_no);
CREATE UNIQUE INDEX members_phone_key ON public.members (phone);
CREATE UNIQUE INDEX products_sku_key ON public.products (sku);
CREATE UNIQUE INDEX services_sku_key ON public.services (sku);
CREATE UNIQUE INDEX categories_code_key ON public.categories (code);
CREATE UNIQUE INDEX tax_classes_code_key ON public.tax_classes (code);
CREATE UNIQUE INDEX staff_profiles_staff_no_key ON public.staff_profiles (staff_no);
CREATE UNIQUE INDEX staff_profiles_user_key ON public.staff_profiles_user_lnk (user_id);
