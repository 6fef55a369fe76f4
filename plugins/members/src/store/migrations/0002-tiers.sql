-- Why: a member's tier is judged from what he did per day, wherever he is served, and every change of it is history (ADR 9).
-- check before: to_regclass('public.tiers') IS NOT NULL
-- check after: to_regprocedure('tessera.tier_facts(text,date)') IS NOT NULL AND to_regprocedure('tessera.count_visits(jsonb)') IS NOT NULL
-- check after: (SELECT count(*) FROM pg_trigger WHERE tgname = 'raise_tier_version' AND tginitdeferred) = 2

-- Raised by every change of the tiers, in the transaction that makes it (as ADR 2 does for rights). `days_back`: how far they look.
CREATE TABLE tessera.tier_version (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version bigint NOT NULL,
  days_back int NOT NULL
);
INSERT INTO tessera.tier_version (version, days_back) VALUES (1, 0);

CREATE FUNCTION tessera.raise_tier_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE tessera.tier_version SET version = version + 1, days_back = coalesce((
    SELECT max(CASE t.period WHEN 'days' THEN t.period_days ELSE 366 END + t.grace_days + CASE t.review WHEN 'year-end' THEN 731 ELSE 0 END)
    FROM public.tiers t WHERE t.active AND NOT t.archived), 0);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER raise_tier_version AFTER INSERT OR UPDATE OR DELETE ON public.tiers
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tessera.raise_tier_version();
CREATE CONSTRAINT TRIGGER raise_tier_version AFTER INSERT OR UPDATE OR DELETE ON public.tiers_categories_lnk
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tessera.raise_tier_version();

-- What a member did on a business day: what goods and services of that day's sales cost him, less what was taken back of them, whenever it was.
CREATE TABLE tessera.member_day (
  member_id text NOT NULL,
  business_day date NOT NULL,
  currency text NOT NULL,
  spend bigint NOT NULL,
  points bigint NOT NULL,
  PRIMARY KEY (member_id, business_day, currency)
) WITH (fillfactor = 80);

-- How a member came to have his tier: each entry follows one, so of two that were decided upon the same history only the first is
-- written. `tier` null = none.
CREATE TABLE tessera.member_tier (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  member_id text NOT NULL,
  follows bigint REFERENCES tessera.member_tier (id),
  tier text,
  occurred_at timestamptz NOT NULL,
  cause text NOT NULL CHECK (cause IN ('rose', 'fell', 'given', 'withdrawn')),
  -- of what was given: the first instant at which it does not hold; null = no end
  holds_until timestamptz,
  transaction_id uuid,
  reason text CHECK (reason <> ''),
  staff_name text,
  UNIQUE NULLS NOT DISTINCT (member_id, follows),
  CHECK ((cause IN ('given', 'withdrawn')) = (reason IS NOT NULL AND staff_name IS NOT NULL)),
  CHECK (holds_until IS NULL OR (cause = 'given' AND holds_until > occurred_at))
);
CREATE INDEX member_tier_newest ON tessera.member_tier (member_id, id DESC);
SELECT tessera.keep_as_history('tessera.member_tier');

-- What a member's tier is judged by: `TierHolding` in plugins/members/src/domain/tiers/tier.ts. Null when there are no tiers.
CREATE FUNCTION tessera.tier_facts(member text, today date) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  known tessera.tier_version;
BEGIN
  SELECT * INTO known FROM tessera.tier_version;
  IF known.days_back = 0 THEN
    RETURN NULL;
  END IF;
  RETURN jsonb_build_object('version', known.version,
    'recorded', (SELECT jsonb_build_object('id', h.id, 'tier', h.tier) FROM tessera.member_tier h
      WHERE h.member_id = member ORDER BY h.id DESC LIMIT 1),
    'given', (SELECT CASE WHEN h.cause = 'given' THEN jsonb_build_object('tier', h.tier, 'until',
        to_char(h.holds_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END
      FROM tessera.member_tier h WHERE h.member_id = member AND h.cause IN ('given', 'withdrawn') ORDER BY h.id DESC LIMIT 1),
    'days', coalesce((SELECT jsonb_agg(jsonb_build_array(d.business_day, d.currency, d.spend, d.points)) FROM tessera.member_day d
      WHERE d.member_id = member AND d.business_day > today - known.days_back), '[]'));
END $$;

-- Writes entries of members' histories ([TierMove] in plugins/members/src/domain/tiers/tier-move.ts) that still follow the newest one.
CREATE FUNCTION tessera.record_tiers(moves jsonb) RETURNS int LANGUAGE plpgsql AS $$
DECLARE written int;
BEGIN
  INSERT INTO tessera.member_tier (member_id, follows, tier, occurred_at, cause, transaction_id)
  SELECT m."memberId", m.follows, m.tier, m."occurredAt", m.cause, m."transactionId"
  FROM jsonb_to_recordset(moves) AS m ("memberId" text, follows bigint, tier text, "occurredAt" timestamptz, cause text, "transactionId" uuid)
  ORDER BY m."memberId"
  ON CONFLICT (member_id, follows) DO NOTHING;
  GET DIAGNOSTICS written = ROW_COUNT;
  RETURN written;
END $$;

-- Counts transactions that were just written: a refund on the day of its sale, so that no period has the one without the other; a card
-- not when it is bought but when it is used. Members are taken in one order, after every other lock of a booking.
CREATE FUNCTION tessera.count_visits(transactions jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tessera.member_day AS d (member_id, business_day, currency, spend, points)
  SELECT t."memberId", coalesce(o.business_day, t."businessDay") AS day, t.currency, sum(t.payable - c.amount),
    coalesce(sum((t.points->>'earned')::bigint), 0)
  FROM jsonb_to_recordset(transactions) AS t (kind text, "memberId" text, "businessDay" date, currency text, payable bigint, points jsonb,
      lines jsonb, "refundsTransactionId" uuid)
    CROSS JOIN LATERAL (SELECT coalesce(sum(a::bigint), 0) AS amount FROM (
      SELECT jsonb_path_query(t.lines, '$[*] ? (@.kind == "card-plan").amount') UNION ALL
      SELECT jsonb_path_query(t.lines, '$[*].adjustments[*] ? (@.source == "session").amount')) q (a)) c
    LEFT JOIN tessera.transaction o ON o.id = t."refundsTransactionId"
  WHERE t."memberId" IS NOT NULL AND coalesce(o.kind, t.kind) = 'sale'
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (member_id, business_day, currency) DO UPDATE SET spend = d.spend + excluded.spend, points = d.points + excluded.points;
  IF jsonb_path_exists(transactions, '$[*].tier') THEN
    PERFORM tessera.record_tiers(jsonb_path_query_array(transactions, '$[*].tier'));
  END IF;
END $$;
