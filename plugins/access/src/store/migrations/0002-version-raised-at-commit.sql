-- Why: raised in the middle of a transaction, the one version row is a lock that concurrent admin writes take in whatever
-- order they come, and then wait for each other's rows (dead-lock). Raised at commit it is always the last lock taken.
-- check before: EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'raise_access_version' AND NOT tgdeferrable)
-- check after: (SELECT count(*) FROM pg_trigger WHERE tgname = 'raise_access_version_at_commit' AND tginitdeferred) = 10
-- check after: NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'raise_access_version')

-- Once per transaction is enough, however many rows it changed.
CREATE FUNCTION tessera.raise_access_version_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('tessera.access_version_raised', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
    UPDATE tessera.access_version SET version = version + 1;
    PERFORM set_config('tessera.access_version_raised', pg_current_xact_id()::text, true);
  END IF;
  RETURN NULL;
END $$;

DO $$
DECLARE watched text;
BEGIN
  FOREACH watched IN ARRAY ARRAY[
    'public.admin_roles', 'public.admin_permissions', 'public.admin_permissions_role_lnk', 'public.admin_users_roles_lnk',
    'public.staff_profiles', 'public.staff_profiles_user_lnk',
    'tessera.access_role', 'tessera.access_grant_terms', 'tessera.assignment']
  LOOP
    EXECUTE format('DROP TRIGGER raise_access_version ON %s', watched);
    EXECUTE format('CREATE CONSTRAINT TRIGGER raise_access_version_at_commit AFTER INSERT OR UPDATE OR DELETE ON %s
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tessera.raise_access_version_at_commit()', watched);
    EXECUTE format('CREATE TRIGGER raise_access_version_on_truncate AFTER TRUNCATE ON %s
      FOR EACH STATEMENT EXECUTE FUNCTION tessera.raise_access_version()', watched);
  END LOOP;
END $$;

DROP TRIGGER raise_access_version ON public.admin_users;
CREATE CONSTRAINT TRIGGER raise_access_version_at_commit AFTER INSERT OR DELETE ON public.admin_users
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tessera.raise_access_version_at_commit();
-- Signing in writes admin_users too; only these columns change what a person may do or is called.
CREATE CONSTRAINT TRIGGER raise_access_version_at_commit_of_change AFTER UPDATE ON public.admin_users
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.is_active, OLD.blocked, OLD.firstname, OLD.lastname, OLD.email)
    IS DISTINCT FROM (NEW.is_active, NEW.blocked, NEW.firstname, NEW.lastname, NEW.email))
  EXECUTE FUNCTION tessera.raise_access_version_at_commit();
CREATE TRIGGER raise_access_version_on_truncate AFTER TRUNCATE ON public.admin_users
  FOR EACH STATEMENT EXECUTE FUNCTION tessera.raise_access_version();
