-- Why: one person with two memberships becomes one; what was two is known for good, and can be taken back for a time (ADR 13).
-- check before: to_regclass('public.members_merged_into_lnk') IS NOT NULL AND to_regclass('tessera.member_day') IS NOT NULL
-- check after: to_regprocedure('tessera.member_now(text)') IS NOT NULL AND to_regprocedure('tessera.member_family(text)') IS NOT NULL
-- check after: to_regprocedure('tessera.hold_members(text[])') IS NOT NULL

-- Two that became one. `fields`: what the one that is kept took over of the other's profile.
CREATE TABLE tessera.member_merge (
  id uuid PRIMARY KEY,
  kept_id text NOT NULL,
  duplicate_id text NOT NULL,
  fields text[] NOT NULL,
  merged_at timestamptz NOT NULL,
  staff_id bigint NOT NULL,
  staff_name text NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  CHECK (kept_id <> duplicate_id)
);
CREATE INDEX member_merge_by_kept ON tessera.member_merge (kept_id);
CREATE INDEX member_merge_by_duplicate ON tessera.member_merge (duplicate_id);

-- A merge that was taken back: once.
CREATE TABLE tessera.member_merge_undo (
  merge_id uuid PRIMARY KEY REFERENCES tessera.member_merge (id),
  undone_at timestamptz NOT NULL,
  staff_id bigint NOT NULL,
  staff_name text NOT NULL,
  reason text NOT NULL CHECK (reason <> '')
);
SELECT tessera.keep_as_history('tessera.member_merge', 'tessera.member_merge_undo');

-- Which merges stand: of two that would make the same member two at once, one fails here.
CREATE TABLE tessera.member_alias (
  duplicate_id text PRIMARY KEY,
  kept_id text NOT NULL,
  merge_id uuid NOT NULL UNIQUE REFERENCES tessera.member_merge (id),
  CHECK (kept_id <> duplicate_id)
);
CREATE INDEX member_alias_by_kept ON tessera.member_alias (kept_id);

-- Both profiles as they were, for the undo. Of persons, so it is no history: it goes when the undo is not possible any more.
CREATE TABLE tessera.member_merge_profile (
  merge_id uuid PRIMARY KEY REFERENCES tessera.member_merge (id),
  kept jsonb NOT NULL,
  duplicate jsonb NOT NULL,
  -- of the kept one, just after
  merged jsonb NOT NULL
);

-- Who a member is today: himself, or the one that he was merged into, and so on.
CREATE FUNCTION tessera.member_now(member text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  found_id text := member;
  next_id text;
BEGIN
  LOOP
    SELECT a.kept_id INTO next_id FROM tessera.member_alias a WHERE a.duplicate_id = found_id;
    EXIT WHEN NOT FOUND;
    found_id := next_id;
  END LOOP;
  RETURN found_id;
END $$;

-- A member and all that were merged into him: what one person did under any of his numbers.
CREATE FUNCTION tessera.member_family(member text) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM tessera.member_alias a WHERE a.kept_id = member) THEN
    RETURN ARRAY[member];
  END IF;
  RETURN (WITH RECURSIVE family (id) AS (
    SELECT member UNION SELECT a.duplicate_id FROM family f JOIN tessera.member_alias a ON a.kept_id = f.id
  ) SELECT array_agg(f.id) FROM family f);
END $$;

-- Called by whatever gives a member something, before its other locks: a merge of one of them waits for it, or it for the merge.
-- TM001: one of them was merged into another member.
CREATE FUNCTION tessera.hold_members(wanted text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM public.members m WHERE m.document_id = ANY (wanted) ORDER BY m.id FOR KEY SHARE;
  IF EXISTS (SELECT FROM tessera.member_alias a WHERE a.duplicate_id = ANY (wanted)) THEN
    RAISE EXCEPTION 'a member was merged into another one' USING ERRCODE = 'TM001';
  END IF;
END $$;

-- Records that belong to a member change hands by a merge or its undo only: attach as BEFORE UPDATE OF member_id.
CREATE FUNCTION tessera.refuse_other_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM tessera.member_merge m WHERE (m.kept_id, m.duplicate_id) IN ((NEW.member_id, OLD.member_id), (OLD.member_id, NEW.member_id))) THEN
    RAISE EXCEPTION 'member % was not merged with %', OLD.member_id, NEW.member_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

-- Those who were merged are found by what they were found by: exactly, never by a part of a name.
CREATE INDEX members_merged_member_no ON public.members (member_no) WHERE status = 'merged';
CREATE INDEX members_merged_phone ON public.members (phone) WHERE status = 'merged';
CREATE INDEX members_merged_phone_last_4 ON public.members (phone_last_4) WHERE status = 'merged';

-- As in 0002; besides: days join, and a tier that was given to one of them holds until the one who is kept is given another.
CREATE OR REPLACE FUNCTION tessera.tier_facts(member text, today date) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  known tessera.tier_version;
  family text[];
BEGIN
  SELECT * INTO known FROM tessera.tier_version;
  IF known.days_back = 0 THEN
    RETURN NULL;
  END IF;
  family := tessera.member_family(member);
  RETURN jsonb_build_object('version', known.version,
    'recorded', (SELECT jsonb_build_object('id', h.id, 'tier', h.tier) FROM tessera.member_tier h
      WHERE h.member_id = member ORDER BY h.id DESC LIMIT 1),
    'given', (SELECT jsonb_build_object('tier', h.tier, 'until', to_char(h.holds_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      FROM (SELECT DISTINCT ON (g.member_id) g.* FROM tessera.member_tier g
        WHERE g.member_id = ANY (family) AND g.cause IN ('given', 'withdrawn') ORDER BY g.member_id, g.id DESC) h
      LEFT JOIN public.tiers t ON t.code = h.tier
      WHERE h.cause = 'given' AND (h.member_id = member OR NOT EXISTS (SELECT FROM tessera.member_tier own
        JOIN tessera.member_alias a ON a.duplicate_id = h.member_id JOIN tessera.member_merge m ON m.id = a.merge_id
        WHERE own.member_id = member AND own.cause IN ('given', 'withdrawn') AND own.occurred_at >= m.merged_at))
      ORDER BY h.holds_until IS NOT NULL AND h.holds_until <= today, t.rank DESC NULLS LAST, h.id DESC LIMIT 1),
    'days', coalesce((SELECT jsonb_agg(jsonb_build_array(d.business_day, d.currency, d.spend, d.points)) FROM (
        SELECT e.business_day, e.currency, sum(e.spend)::bigint AS spend, sum(e.points)::bigint AS points FROM tessera.member_day e
        WHERE e.member_id = ANY (family) AND e.business_day > today - known.days_back GROUP BY e.business_day, e.currency) d), '[]'));
END $$;

-- What of a member is a profile: attributes with what is derived of them.
CREATE FUNCTION tessera.member_profile(member text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object('name', m.name, 'namePinyin', m.name_pinyin, 'nameInitials', m.name_initials, 'phone', m.phone,
      'phoneLast4', m.phone_last_4, 'birthday', m.birthday, 'gender', m.gender, 'tags', coalesce(m.tags, 'null'), 'note', m.note,
      'homeStore', l.store_id, 'joinedAt', m.joined_at, 'status', m.status)
    FROM public.members m LEFT JOIN public.members_home_store_lnk l ON l.member_id = m.id WHERE m.document_id = member);
END $$;

-- Writes these fields of a profile to a member.
CREATE FUNCTION tessera.write_profile(member text, profile jsonb, fields text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE public.members m SET updated_at = now(),
    name = CASE WHEN 'name' = ANY (fields) THEN profile->>'name' ELSE m.name END,
    name_pinyin = CASE WHEN 'name' = ANY (fields) THEN profile->>'namePinyin' ELSE m.name_pinyin END,
    name_initials = CASE WHEN 'name' = ANY (fields) THEN profile->>'nameInitials' ELSE m.name_initials END,
    phone = CASE WHEN 'phone' = ANY (fields) THEN profile->>'phone' ELSE m.phone END,
    phone_last_4 = CASE WHEN 'phone' = ANY (fields) THEN profile->>'phoneLast4' ELSE m.phone_last_4 END,
    birthday = CASE WHEN 'birthday' = ANY (fields) THEN (profile->>'birthday')::date ELSE m.birthday END,
    gender = CASE WHEN 'gender' = ANY (fields) THEN profile->>'gender' ELSE m.gender END,
    tags = CASE WHEN 'tags' = ANY (fields) THEN nullif(profile->'tags', 'null') ELSE m.tags END,
    note = CASE WHEN 'note' = ANY (fields) THEN profile->>'note' ELSE m.note END,
    joined_at = CASE WHEN 'joinedAt' = ANY (fields) THEN (profile->>'joinedAt')::timestamp ELSE m.joined_at END,
    status = CASE WHEN 'status' = ANY (fields) THEN profile->>'status' ELSE m.status END
  WHERE m.document_id = member;
  IF 'homeStore' = ANY (fields) THEN
    DELETE FROM public.members_home_store_lnk l USING public.members m WHERE m.document_id = member AND l.member_id = m.id;
    INSERT INTO public.members_home_store_lnk (member_id, store_id)
    SELECT m.id, (profile->>'homeStore')::int FROM public.members m WHERE m.document_id = member AND profile->>'homeStore' IS NOT NULL;
  END IF;
END $$;

-- { id, keptId, duplicateId, fields, mergedAt, staffId, staffName, reason }: the profiles become one and the duplicate points at it. Both are
-- locked by the caller. When the kept one takes the other's phone, the other has his: both numbers still find him.
CREATE FUNCTION tessera.merge_members(merge jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  kept text := merge->>'keptId';
  duplicate text := merge->>'duplicateId';
  kept_profile jsonb := tessera.member_profile(kept);
  other_profile jsonb := tessera.member_profile(duplicate);
  taken text[] := ARRAY(SELECT jsonb_array_elements_text(merge->'fields'));
  wanted jsonb := other_profile || jsonb_build_object('tags', (SELECT coalesce(jsonb_agg(DISTINCT t.tag), 'null') FROM (
    SELECT jsonb_array_elements_text(nullif(kept_profile->'tags', 'null')) UNION ALL
    SELECT jsonb_array_elements_text(nullif(other_profile->'tags', 'null'))) t (tag)));
BEGIN
  INSERT INTO tessera.member_merge (id, kept_id, duplicate_id, fields, merged_at, staff_id, staff_name, reason)
  VALUES ((merge->>'id')::uuid, kept, duplicate, taken, (merge->>'mergedAt')::timestamptz, (merge->>'staffId')::bigint, merge->>'staffName',
    merge->>'reason');
  IF (other_profile->>'joinedAt')::timestamp < (kept_profile->>'joinedAt')::timestamp THEN
    taken := taken || 'joinedAt'::text;
  END IF;
  IF 'phone' = ANY (taken) THEN
    UPDATE public.members SET phone = NULL WHERE document_id = duplicate;
  END IF;
  PERFORM tessera.write_profile(kept, wanted, taken);
  IF 'phone' = ANY (taken) THEN
    PERFORM tessera.write_profile(duplicate, kept_profile, ARRAY['phone']);
  END IF;
  UPDATE public.members SET status = 'merged', updated_at = now() WHERE document_id = duplicate;
  INSERT INTO public.members_merged_into_lnk (member_id, inv_member_id)
  SELECT d.id, k.id FROM public.members d, public.members k WHERE d.document_id = duplicate AND k.document_id = kept;
  INSERT INTO tessera.member_alias (duplicate_id, kept_id, merge_id) VALUES (duplicate, kept, (merge->>'id')::uuid);
  INSERT INTO tessera.member_merge_profile (merge_id, kept, duplicate, merged)
  VALUES ((merge->>'id')::uuid, kept_profile, other_profile, tessera.member_profile(kept));
END $$;

-- { mergeId, undoneAt, staffId, staffName, reason }: what the kept one took over and still has as it was taken goes back; a phone that
-- somebody else has meanwhile does not.
CREATE FUNCTION tessera.unmerge_members(undo jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  done tessera.member_merge;
  profiles tessera.member_merge_profile;
  present jsonb;
  returning_fields text[];
BEGIN
  SELECT * INTO done FROM tessera.member_merge m WHERE m.id = (undo->>'mergeId')::uuid;
  DELETE FROM tessera.member_merge_profile p WHERE p.merge_id = done.id RETURNING * INTO profiles;
  INSERT INTO tessera.member_merge_undo (merge_id, undone_at, staff_id, staff_name, reason)
  VALUES (done.id, (undo->>'undoneAt')::timestamptz, (undo->>'staffId')::bigint, undo->>'staffName', undo->>'reason');
  DELETE FROM tessera.member_alias a WHERE a.merge_id = done.id;
  DELETE FROM public.members_merged_into_lnk l USING public.members m WHERE m.document_id = done.duplicate_id AND l.member_id = m.id;
  present := tessera.member_profile(done.kept_id);
  returning_fields := ARRAY(SELECT f FROM unnest(done.fields || 'joinedAt'::text) f WHERE present->f = profiles.merged->f);
  UPDATE public.members SET phone = NULL WHERE document_id = done.duplicate_id;
  IF 'phone' = ANY (returning_fields) THEN
    UPDATE public.members SET phone = NULL WHERE document_id = done.kept_id;
  END IF;
  PERFORM tessera.write_profile(done.kept_id, profiles.kept, returning_fields);
  PERFORM tessera.write_profile(done.duplicate_id, CASE WHEN EXISTS (SELECT FROM public.members m WHERE m.phone = profiles.duplicate->>'phone')
    THEN profiles.duplicate || '{"phone": null, "phoneLast4": null}' ELSE profiles.duplicate END, ARRAY['phone', 'status']);
END $$;
