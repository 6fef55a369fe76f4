-- Why: Strapi renumbers every link of a role whenever one person's roles change; two such changes at once lock the same rows
-- in different orders and dead-lock. Who writes these links waits before he locks any of them.
-- check before: to_regclass('public.admin_users_roles_lnk') IS NOT NULL
-- check after: EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'one_writer' AND tgrelid = 'public.admin_users_roles_lnk'::regclass)

CREATE FUNCTION tessera.wait_for_role_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tessera.role-links'));
  RETURN NULL;
END $$;
CREATE TRIGGER one_writer BEFORE INSERT OR UPDATE OR DELETE ON public.admin_users_roles_lnk
  FOR EACH STATEMENT EXECUTE FUNCTION tessera.wait_for_role_links();
