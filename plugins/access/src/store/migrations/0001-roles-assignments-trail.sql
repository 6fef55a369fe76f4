-- Why: Strapi's role tables say who may do what at all; scope, fields, limits, stores, periods and the trail are ours.
-- check before: to_regclass('public.staff_profiles_user_lnk') IS NOT NULL AND to_regclass('public.admin_permissions_role_lnk') IS NOT NULL
-- check after: (SELECT count(*) FROM tessera.access_version) = 1
-- check after: to_regclass('tessera.audit') IS NOT NULL

-- Raised by every change that may alter what somebody may do; read once per request.
CREATE TABLE tessera.access_version (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version bigint NOT NULL
);
INSERT INTO tessera.access_version (version) VALUES (1);

CREATE FUNCTION tessera.raise_access_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE tessera.access_version SET version = version + 1;
  RETURN NULL;
END $$;

-- What a role is beyond Strapi's row: both names, the template it came from, and where that template is contradicted.
CREATE TABLE tessera.access_role (
  code text PRIMARY KEY,
  role_id bigint NOT NULL,
  name jsonb NOT NULL,
  description jsonb,
  -- grants of the template as last applied: the base of the three-way merge
  template jsonb NOT NULL DEFAULT '[]',
  conflicts jsonb NOT NULL DEFAULT '[]'
);

-- Terms of one grant: scope, fields, limits. A permission that Strapi grants without terms is the narrowest of its kind.
CREATE TABLE tessera.access_grant_terms (
  role_id bigint NOT NULL REFERENCES public.admin_roles (id) ON DELETE CASCADE,
  permission text NOT NULL,
  terms jsonb NOT NULL,
  reason jsonb,
  PRIMARY KEY (role_id, permission)
);

-- Person × role × store (null = all) × period. Ended, never deleted.
CREATE TABLE tessera.assignment (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  staff_id bigint NOT NULL,
  role_id bigint NOT NULL,
  store_id text,
  valid_from timestamptz,
  valid_until timestamptz,
  assigned_by bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  ended_by bigint,
  CHECK (valid_from IS NULL OR valid_until IS NULL OR valid_from < valid_until)
);
CREATE UNIQUE INDEX assignment_live ON tessera.assignment
  (staff_id, role_id, coalesce(store_id, ''), coalesce(valid_from, '-infinity'::timestamptz)) WHERE ended_at IS NULL;

DO $$
DECLARE watched text;
BEGIN
  FOREACH watched IN ARRAY ARRAY[
    'public.admin_roles', 'public.admin_permissions', 'public.admin_permissions_role_lnk', 'public.admin_users_roles_lnk',
    'public.staff_profiles', 'public.staff_profiles_user_lnk',
    'tessera.access_role', 'tessera.access_grant_terms', 'tessera.assignment']
  LOOP
    EXECUTE format('CREATE TRIGGER raise_access_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s
      FOR EACH STATEMENT EXECUTE FUNCTION tessera.raise_access_version()', watched);
  END LOOP;
END $$;
-- Signing in touches admin_users too; only these columns change what a person may do.
CREATE TRIGGER raise_access_version AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF is_active, blocked, firstname, lastname, email
  ON public.admin_users FOR EACH STATEMENT EXECUTE FUNCTION tessera.raise_access_version();
-- Strapi looks sessions up by this column without an index of its own.
CREATE INDEX IF NOT EXISTS strapi_sessions_session_id ON public.strapi_sessions (session_id);

-- The trail: risky acts, denials, reveals, changes. History: refuses change.
CREATE TABLE tessera.audit (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  staff_id bigint,
  staff_name text,
  roles text[] NOT NULL DEFAULT '{}',
  store_id text,
  action text NOT NULL,
  subject_type text,
  subject_id text,
  fields text[],
  amount bigint,
  effect text NOT NULL CHECK (effect IN ('allow', 'approve', 'deny')),
  rule text NOT NULL,
  policy_version bigint NOT NULL,
  reason text,
  before jsonb,
  after jsonb
);
CREATE INDEX audit_by_staff ON tessera.audit (staff_id, id);
CREATE INDEX audit_by_subject ON tessera.audit (subject_type, subject_id, id) WHERE subject_id IS NOT NULL;
CREATE INDEX audit_by_store ON tessera.audit (store_id, id);
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON tessera.audit
  FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tessera.audit
  FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change();

-- One line of the trail from the JSON that `auditRow` makes; called inside the transaction of the act.
CREATE FUNCTION tessera.record_audit(entry jsonb) RETURNS uuid LANGUAGE sql AS $$
  INSERT INTO tessera.audit (staff_id, staff_name, roles, store_id, action, subject_type, subject_id, fields, amount,
    effect, rule, policy_version, reason, before, after)
  VALUES (
    (entry->>'staffId')::bigint, entry->>'staffName',
    coalesce(ARRAY(SELECT jsonb_array_elements_text(entry->'roles')), '{}'),
    entry->>'storeId', entry->>'action', entry->>'subjectType', entry->>'subjectId',
    CASE WHEN jsonb_typeof(entry->'fields') = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(entry->'fields')) END,
    (entry->>'amount')::bigint, entry->>'effect', entry->>'rule', (entry->>'policyVersion')::bigint, entry->>'reason',
    nullif(entry->'before', 'null'), nullif(entry->'after', 'null'))
  RETURNING id
$$;

-- Ordinary acts, compactly: how often a person used a permission in an hour.
CREATE TABLE tessera.audit_use (
  hour timestamptz NOT NULL,
  staff_id bigint NOT NULL,
  permission text NOT NULL,
  uses bigint NOT NULL CHECK (uses > 0),
  PRIMARY KEY (hour, staff_id, permission)
);
