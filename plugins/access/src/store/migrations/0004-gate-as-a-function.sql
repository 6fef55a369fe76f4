-- Why: a sale asks in its own query whether its session stands, instead of making a round trip for it; and a line of the trail is planned once.
-- check before: (SELECT count(*) FROM tessera.access_version) = 1 AND to_regprocedure('tessera.record_audit(jsonb)') IS NOT NULL
-- check after: to_regprocedure('tessera.session_gate(text,text)') IS NOT NULL
-- check after: (SELECT l.lanname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.oid = 'tessera.record_audit(jsonb)'::regprocedure) = 'plpgsql'

-- { version, isSessionLive }: has anything about access changed, and is this session still there?
-- Strapi replaces a session by its child on every refresh and deletes only the last one when it is revoked. So a token
-- made before a refresh lives on exactly as long as some session descends from its own; most sessions are the last of their line.
CREATE FUNCTION tessera.session_gate(wanted_session text, wanted_user text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  held record;
  is_live boolean;
BEGIN
  SELECT v.version, s.status, s.child_id INTO held FROM tessera.access_version v LEFT JOIN public.strapi_sessions s
    ON s.session_id = wanted_session AND s.user_id = wanted_user AND s.origin = 'admin' AND s.expires_at > now()
      AND (s.absolute_expires_at IS NULL OR s.absolute_expires_at > now());
  is_live := coalesce(held.status = 'active', false);
  IF NOT is_live AND held.status IS NOT NULL THEN
    is_live := EXISTS (
      WITH RECURSIVE heir AS (
        SELECT h.session_id, h.child_id, h.status FROM public.strapi_sessions h WHERE h.session_id = held.child_id
        UNION SELECT h.session_id, h.child_id, h.status FROM heir JOIN public.strapi_sessions h ON h.session_id = heir.child_id)
      SELECT 1 FROM heir WHERE status = 'active');
  END IF;
  RETURN jsonb_build_object('version', held.version, 'isSessionLive', is_live);
END $$;

-- One line of the trail from the JSON that `auditRow` makes; called inside the transaction of the act. Its plan is kept.
CREATE OR REPLACE FUNCTION tessera.record_audit(entry jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE line uuid;
BEGIN
  INSERT INTO tessera.audit (staff_id, staff_name, roles, store_id, action, subject_type, subject_id, fields, amount,
    effect, rule, policy_version, reason, before, after)
  SELECT e."staffId", e."staffName", coalesce(e.roles, '{}'), e."storeId", e.action, e."subjectType", e."subjectId", e.fields, e.amount,
    e.effect, e.rule, e."policyVersion", e.reason, nullif(e.before, 'null'), nullif(e.after, 'null')
  FROM jsonb_to_record(entry) AS e ("staffId" bigint, "staffName" text, roles text[], "storeId" text, action text,
    "subjectType" text, "subjectId" text, fields text[], amount bigint, effect text, rule text, "policyVersion" bigint, reason text,
    before jsonb, after jsonb)
  RETURNING id INTO line;
  RETURN line;
END $$;
