-- Why: a tier names the coupon of its birthday gift; the cached tiers are read anew when that changes (ADR 19).
-- check before: to_regclass('public.tiers_birthday_coupon_lnk') IS NOT NULL
-- check after: (SELECT count(*) FROM pg_trigger WHERE tgname = 'raise_tier_version' AND tginitdeferred) = 3

CREATE CONSTRAINT TRIGGER raise_tier_version AFTER INSERT OR UPDATE OR DELETE ON public.tiers_birthday_coupon_lnk
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tessera.raise_tier_version();
