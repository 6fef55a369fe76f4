-- Why: master data that came after 0001 (tiers, rules, templates, plans) never raised its version, so two people who changed the same one
-- did not notice each other; and `unique` was only looked up, not kept.
-- check before: to_regprocedure('tessera.raise_version()') IS NOT NULL AND to_regclass('public.tiers') IS NOT NULL
-- check after: NOT EXISTS (SELECT FROM tessera.master_table m WHERE NOT m.is_versioned)

-- Tables of master data are told by their columns `version` and `archived`.
CREATE VIEW tessera.master_table AS
SELECT c.oid::regclass AS name, c.relname, EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'raise_version') AS is_versioned
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
  AND 2 = (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('version', 'archived') AND NOT a.attisdropped);

-- Called by the migration that follows a new content type.
CREATE FUNCTION tessera.version_master_data() RETURNS void LANGUAGE plpgsql AS $$
DECLARE master text;
BEGIN
  FOR master IN SELECT m.relname FROM tessera.master_table m WHERE NOT m.is_versioned LOOP
    EXECUTE format('CREATE TRIGGER raise_version BEFORE INSERT OR UPDATE ON public.%I
      FOR EACH ROW EXECUTE FUNCTION tessera.raise_version()', master);
    EXECUTE format('CREATE UNIQUE INDEX IF NOT EXISTS %I ON public.%I (document_id)', master || '_document_key', master);
  END LOOP;
END $$;
SELECT tessera.version_master_data();

CREATE UNIQUE INDEX tiers_code_key ON public.tiers (code);
CREATE UNIQUE INDEX tiers_rank_key ON public.tiers (rank);
CREATE UNIQUE INDEX earn_rules_code_key ON public.earn_rules (code);
CREATE UNIQUE INDEX points_programmes_code_key ON public.points_programmes (code);
CREATE UNIQUE INDEX coupon_templates_code_key ON public.coupon_templates (code);
