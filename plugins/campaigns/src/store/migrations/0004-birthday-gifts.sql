-- Why: a member gets the gift of his tier once a birthday year, whatever runs how often, and whatever is done to his birthday (ADR 19).
-- check before: to_regprocedure('tessera.give_points(jsonb)') IS NOT NULL
-- check after: to_regprocedure('tessera.give_birthday_gift(jsonb)') IS NOT NULL

-- Nobody issued the coupon of a birthday gift.
ALTER TABLE tessera.coupon_issue ALTER COLUMN staff_id DROP NOT NULL, ALTER COLUMN staff_name DROP NOT NULL,
  DROP CONSTRAINT coupon_issue_kind_check,
  ADD CONSTRAINT coupon_issue_kind_check CHECK (kind IN ('batch', 'members', 'birthday')),
  ADD CONSTRAINT coupon_issue_by_somebody CHECK ((kind = 'birthday') = (staff_id IS NULL) AND (staff_id IS NULL) = (staff_name IS NULL));

-- { id, templateId, terms, kind, validFrom, validUntil, staffId, staffName, reason, issuedAt }; `codes` are theirs, `members` whose they are,
-- in the same order (null: whoever has the code). TC002: a code is taken already; it is asked again with others.
CREATE FUNCTION tessera.make_coupons(request jsonb, codes text[], members text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  issue uuid := (request->>'id')::uuid;
  terms_of bigint;
  written int;
BEGIN
  INSERT INTO tessera.coupon_terms (template_id, digest, terms)
  VALUES (request->>'templateId', md5((request->'terms')::text), request->'terms') ON CONFLICT (template_id, digest) DO NOTHING;
  SELECT t.id INTO terms_of FROM tessera.coupon_terms t
    WHERE t.template_id = request->>'templateId' AND t.digest = md5((request->'terms')::text);
  INSERT INTO tessera.coupon_issue (id, template_id, terms_id, kind, count, valid_from, valid_until, staff_id, staff_name, reason, issued_at)
  VALUES (issue, request->>'templateId', terms_of, request->>'kind', cardinality(codes), (request->>'validFrom')::timestamptz,
    (request->>'validUntil')::timestamptz, (request->>'staffId')::bigint, request->>'staffName', request->>'reason',
    (request->>'issuedAt')::timestamptz);
  INSERT INTO tessera.coupon (code, template_id, terms_id, issue_id, member_id, valid_from, valid_until)
  SELECT c.code, request->>'templateId', terms_of, issue, members[c.place], (request->>'validFrom')::timestamptz,
    (request->>'validUntil')::timestamptz
  FROM unnest(codes) WITH ORDINALITY AS c (code, place) ON CONFLICT (code) DO NOTHING;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written <> cardinality(codes) THEN
    RAISE EXCEPTION 'a code is taken' USING ERRCODE = 'TC002';
  END IF;
END $$;

-- As in 0001: what people issue, once per key, on the trail.
CREATE OR REPLACE FUNCTION tessera.issue_coupons(request jsonb, codes text[], members text[]) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE answered jsonb := tessera.claim_key((request->>'key')::uuid, request->>'requestHash', request->'response');
BEGIN
  IF answered IS NOT NULL THEN
    RETURN jsonb_build_object('answered', answered);
  END IF;
  PERFORM tessera.make_coupons(request, codes, members);
  PERFORM tessera.record_audit(request->'audit');
  RETURN jsonb_build_object('issued', true);
END $$;

-- What members were given for their birthdays. `year`: of the birthday. Which day that is is not kept: it is the member's, and may be
-- forgotten with him.
CREATE TABLE tessera.birthday_gift (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  member_id text NOT NULL,
  year int NOT NULL,
  given_on date NOT NULL,
  given_at timestamptz NOT NULL,
  tier text NOT NULL,
  points bigint NOT NULL CHECK (points >= 0),
  -- of the points
  journal_id uuid UNIQUE REFERENCES tessera.journal (id),
  -- of the coupon
  issue_id uuid UNIQUE REFERENCES tessera.coupon_issue (id),
  CONSTRAINT one_birthday_gift_a_year UNIQUE (member_id, year),
  CHECK ((points > 0) = (journal_id IS NOT NULL)),
  CHECK (journal_id IS NOT NULL OR issue_id IS NOT NULL)
);
SELECT tessera.keep_as_history('tessera.birthday_gift');

-- { memberId, birthday, year, givenOn, givenAt, tier, apartDays, points, coupon, code }: `points` as `tessera.give_points` wants it, `coupon` as
-- `tessera.make_coupons` does; null = none. Under the lock of the member, which a merge waits for, it is looked again: `changed`, he is not
-- who he was; `had`, he or one of those who became one with him has had this year's, or has had one less than `apartDays` ago.
CREATE FUNCTION tessera.give_birthday_gift(gift jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  member text := gift->>'memberId';
  celebrated int := (gift->>'year')::int;
  today date := (gift->>'givenOn')::date;
BEGIN
  PERFORM 1 FROM public.members m WHERE m.document_id = member FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT FROM public.members m WHERE m.document_id = member AND m.status = 'active' AND m.archived IS NOT TRUE
      AND m.birthday = (gift->>'birthday')::date) THEN
    RETURN 'changed';
  END IF;
  IF EXISTS (SELECT FROM tessera.birthday_gift g WHERE g.member_id = ANY (tessera.member_family(member))
      AND (g.year = celebrated OR g.given_on > today - (gift->>'apartDays')::int)) THEN
    RETURN 'had';
  END IF;
  IF gift->'points' <> 'null' THEN
    PERFORM tessera.give_points(gift->'points');
  END IF;
  IF gift->'coupon' <> 'null' THEN
    PERFORM tessera.make_coupons(gift->'coupon', ARRAY[gift->>'code'], ARRAY[member]);
  END IF;
  INSERT INTO tessera.birthday_gift (member_id, year, given_on, given_at, tier, points, journal_id, issue_id)
  VALUES (member, celebrated, today, (gift->>'givenAt')::timestamptz, gift->>'tier', coalesce((gift->'points'->>'amount')::bigint, 0),
    (gift->'points'->'journal'->>'id')::uuid, (gift->'coupon'->>'id')::uuid);
  RETURN 'given';
END $$;
