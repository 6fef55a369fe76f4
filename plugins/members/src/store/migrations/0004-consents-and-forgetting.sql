-- Why: what a member agreed to is kept as history per channel, and whoever asks to be forgotten is: the person goes, the books stay (ADR 15).
-- check before: to_regclass('tessera.member_alias') IS NOT NULL
-- check after: to_regprocedure('tessera.forget_members(text[])') IS NOT NULL
-- check after: (SELECT count(*) FROM tessera.member_consent) = (SELECT count(*) FROM public.members WHERE consent_at IS NOT NULL)
-- check after: to_regclass('public.members_by_day_of_birth') IS NOT NULL

-- What a member agreed to, or took back: membership itself (the attributes of the member show the newest of it), or a way to be written to.
CREATE TABLE tessera.member_consent (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  member_id text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('membership', 'sms', 'wechat', 'phone', 'email', 'post')),
  is_given boolean NOT NULL,
  -- how it was said
  means text CHECK (means IN ('paper', 'counter-screen', 'online', 'import', 'by-voice')),
  -- of the text that was agreed to
  version text CHECK (version <> ''),
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  -- null: written with the profile; the trail says by whom
  staff_name text,
  CHECK (NOT is_given OR (means IS NOT NULL AND version IS NOT NULL))
);
CREATE INDEX member_consent_by_member ON tessera.member_consent (member_id, channel, occurred_at, id);
SELECT tessera.keep_as_history('tessera.member_consent');

INSERT INTO tessera.member_consent (member_id, channel, is_given, means, version, occurred_at)
SELECT m.document_id, 'membership', true, coalesce(m.consent_channel, 'paper'), coalesce(nullif(m.consent_version, ''), '?'), m.consent_at
FROM public.members m WHERE m.consent_at IS NOT NULL ORDER BY m.id;

-- By whatever route the consent of a profile is written (form, import, Strapi's screens): it is in the history too.
CREATE FUNCTION tessera.keep_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.consent_at IS NOT NULL THEN
    INSERT INTO tessera.member_consent (member_id, channel, is_given, means, version, occurred_at, staff_name)
    VALUES (NEW.document_id, 'membership', true, coalesce(NEW.consent_channel, 'paper'), coalesce(nullif(NEW.consent_version, ''), '?'),
      NEW.consent_at, nullif(current_setting('tessera.consent_by', true), ''));
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO tessera.member_consent (member_id, channel, is_given, occurred_at, staff_name)
    VALUES (NEW.document_id, 'membership', false, now(), nullif(current_setting('tessera.consent_by', true), ''));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_first_consent AFTER INSERT ON public.members FOR EACH ROW WHEN (NEW.consent_at IS NOT NULL) EXECUTE FUNCTION tessera.keep_consent();
CREATE TRIGGER keep_consent AFTER UPDATE ON public.members FOR EACH ROW
  WHEN ((OLD.consent_at, OLD.consent_channel, OLD.consent_version) IS DISTINCT FROM (NEW.consent_at, NEW.consent_channel, NEW.consent_version))
  EXECUTE FUNCTION tessera.keep_consent();

-- Whose birthday it is: 0229 is February 29.
CREATE INDEX members_by_day_of_birth ON public.members ((extract(month FROM birthday) * 100 + extract(day FROM birthday)), id)
  WHERE birthday IS NOT NULL AND status = 'active';

-- Nobody gives anything to who was forgotten, either.
CREATE OR REPLACE FUNCTION tessera.hold_members(wanted text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM public.members m WHERE m.document_id = ANY (wanted) ORDER BY m.id FOR KEY SHARE;
  IF EXISTS (SELECT FROM public.members m WHERE m.document_id = ANY (wanted) AND m.status IN ('merged', 'anonymised')) THEN
    RAISE EXCEPTION 'a member was merged into another one, or forgotten' USING ERRCODE = 'TM001';
  END IF;
END $$;

-- Replaces in every text of a value what names somebody: `tessera.forgetting` (a regular expression, of this transaction) says what that is.
-- Of a trail line about a member (`before`, `after`) also what stood in the fields of the person.
CREATE FUNCTION tessera.forget_in(given jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE pattern text := current_setting('tessera.forgetting', true);
BEGIN
  RETURN CASE jsonb_typeof(given)
    WHEN 'string' THEN CASE WHEN coalesce(pattern, '') = '' THEN given ELSE to_jsonb(regexp_replace(given #>> '{}', pattern, '—', 'gi')) END
    WHEN 'array' THEN (SELECT coalesce(jsonb_agg(tessera.forget_in(e.item) ORDER BY e.place), '[]') FROM jsonb_array_elements(given) WITH ORDINALITY AS e (item, place))
    WHEN 'object' THEN (SELECT coalesce(jsonb_object_agg(e.key, CASE WHEN e.key IN ('before', 'after') AND jsonb_typeof(e.value) = 'object'
        THEN tessera.forget_in(e.value - ARRAY['name', 'phone', 'birthday', 'gender', 'tags', 'note']) ELSE tessera.forget_in(e.value) END), '{}')
      FROM jsonb_each(given) AS e)
    ELSE given END;
END $$;

-- History changes in one way only: a person is forgotten in it. What is left has to be what `tessera.forget_in` leaves.
CREATE OR REPLACE FUNCTION tessera.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND coalesce(current_setting('tessera.forgetting', true), '') <> '' AND to_jsonb(NEW) = tessera.forget_in(to_jsonb(OLD)) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% on %.% is refused: its rows are history', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

-- Forgets in these columns of the rows of one table: `condition` is about `t` and `$1`, the ids.
CREATE FUNCTION tessera.forget_texts(records regclass, columns text[], condition text, ids text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('UPDATE %s t SET %s WHERE (%s) AND to_jsonb(t) <> tessera.forget_in(to_jsonb(t))', records,
    (SELECT string_agg(format('%1$I = (jsonb_populate_record(NULL::%2$s, tessera.forget_in(to_jsonb(t)))).%1$I', c, records), ', ')
      FROM unnest(columns) c), condition) USING ids;
END $$;

-- A text as a regular expression: letters of an alphabet only as a word, digits however they are grouped.
CREATE FUNCTION tessera.naming(word text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN word ~ '^\+?[0-9]+$' THEN '(?<![0-9])' || regexp_replace(ltrim(word, '+'), '([0-9])(?!$)', '\1[ ()-]*', 'g') || '(?![0-9])'
    WHEN word ~ '^[[:ascii:]]+$' OR length(word) < 2 THEN '(?<![[:alnum:]])' || regexp_replace(word, '([^[:alnum:] ])', '\\\1', 'g') || '(?![[:alnum:]])'
    ELSE regexp_replace(word, '([^[:alnum:] ])', '\\\1', 'g') END
$$;

-- What names these members in texts: names and phones, theirs and those that merges remember; a phone also without its country.
CREATE FUNCTION tessera.naming_of(members text[]) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_agg(DISTINCT tessera.naming(n.word), '|'), '') FROM (
    SELECT m.name FROM public.members m WHERE m.document_id = ANY (members)
    UNION ALL SELECT m.phone FROM public.members m WHERE m.document_id = ANY (members)
    UNION ALL SELECT regexp_replace(m.phone, '^\+86', '') FROM public.members m WHERE m.document_id = ANY (members)
    UNION ALL SELECT p.profile->>k.key FROM tessera.member_merge g JOIN tessera.member_merge_profile r ON r.merge_id = g.id
      CROSS JOIN LATERAL (VALUES (r.kept), (r.duplicate)) p (profile) CROSS JOIN (VALUES ('name'), ('phone')) k (key)
      WHERE g.kept_id = ANY (members)) n (word)
  WHERE n.word <> '' AND n.word <> '—'
$$;

-- From here to the end of the transaction these members are being forgotten; then every plugin calls `forget_texts` for its own.
CREATE FUNCTION tessera.begin_forgetting(members text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('tessera.forgetting', coalesce(nullif(tessera.naming_of(members), ''), '(?!)'), true);
END $$;

-- The profiles themselves, what merges remember of them, reasons given about them, and the trail.
CREATE FUNCTION tessera.forget_members(members text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tessera.forget_texts('tessera.audit', ARRAY['reason', 'before', 'after'], 't.subject_id = ANY ($1)', members);
  PERFORM tessera.forget_texts('tessera.member_tier', ARRAY['reason'], 't.member_id = ANY ($1)', members);
  PERFORM tessera.forget_texts('tessera.member_merge', ARRAY['reason'], 't.kept_id = ANY ($1)', members);
  PERFORM tessera.forget_texts('tessera.member_merge_undo', ARRAY['reason'],
    't.merge_id IN (SELECT g.id FROM tessera.member_merge g WHERE g.kept_id = ANY ($1) OR g.duplicate_id = ANY ($1))', members);
  PERFORM tessera.forget_texts('tessera.outbox', ARRAY['payload'], 't.payload->>''memberId'' = ANY ($1)', members);
  DELETE FROM tessera.member_merge_profile p USING tessera.member_merge g WHERE g.id = p.merge_id AND (g.kept_id = ANY (members) OR g.duplicate_id = ANY (members));
  PERFORM set_config('tessera.consent_by', '', true);
  UPDATE public.members m SET name = '—', name_pinyin = NULL, name_initials = NULL, phone = NULL, phone_last_4 = NULL, birthday = NULL, gender = NULL,
    tags = NULL, note = NULL, consent_channel = NULL, consent_version = NULL, consent_at = NULL, updated_at = now(),
    status = CASE m.status WHEN 'merged' THEN 'merged' ELSE 'anonymised' END
  WHERE m.document_id = ANY (members);
END $$;
