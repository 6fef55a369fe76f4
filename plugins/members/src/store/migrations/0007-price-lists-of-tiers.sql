-- Why: a tier has prices of its own; the cached tiers are read anew when one of them changes (ADR 19).
-- check before: to_regclass('public.tier_prices') IS NOT NULL AND to_regclass('public.tier_prices_tier_lnk') IS NOT NULL
-- check after: (SELECT count(*) FROM pg_trigger WHERE tgname = 'raise_tier_version' AND tginitdeferred) = 7

DO $$
DECLARE watched text;
BEGIN
  FOREACH watched IN ARRAY ARRAY['tier_prices', 'tier_prices_tier_lnk', 'tier_prices_product_lnk', 'tier_prices_service_lnk'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER raise_tier_version AFTER INSERT OR UPDATE OR DELETE ON public.%I
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tessera.raise_tier_version()', watched);
  END LOOP;
END $$;
