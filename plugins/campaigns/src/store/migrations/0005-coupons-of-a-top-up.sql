-- Why: a top-up may be given coupons; they are issued by the statement that sells it, and what is unused of them is void with it (ADR 18).
-- check before: to_regprocedure('tessera.make_coupons(jsonb,text[],text[])') IS NOT NULL
-- check before: pg_get_functiondef('tessera.use_coupons(jsonb)'::regprocedure) LIKE '%member_family%'
-- check before: (SELECT count(*) FROM pg_constraint WHERE conrelid = 'tessera.coupon_event'::regclass AND conname = 'coupon_event_check') = 1
-- check after: to_regprocedure('tessera.grant_coupons(jsonb)') IS NOT NULL AND to_regprocedure('tessera.coupons_of(uuid)') IS NOT NULL
-- check after: pg_get_functiondef('tessera.use_coupons(jsonb)'::regprocedure) LIKE '%grant_coupons%'

ALTER TABLE tessera.coupon_issue DROP CONSTRAINT coupon_issue_kind_check;
ALTER TABLE tessera.coupon_issue ADD CONSTRAINT coupon_issue_kind_check CHECK (kind IN ('batch', 'members', 'birthday', 'with-top-up'));
-- A refund voids what was given with what it takes back, and is the reason.
ALTER TABLE tessera.coupon_event DROP CONSTRAINT coupon_event_check;
ALTER TABLE tessera.coupon_event ADD CONSTRAINT coupon_event_check CHECK ((kind = 'given-back') = (use_id IS NOT NULL)
  AND (kind <> 'given-back' OR refund_id IS NOT NULL) AND (refund_id IS NULL OR kind IN ('given-back', 'voided')));
CREATE INDEX coupon_event_by_refund ON tessera.coupon_event (refund_id) WHERE refund_id IS NOT NULL;

-- Which line of which sale coupons were given with, and how many of its pieces the customer still has.
CREATE TABLE tessera.coupon_grant (
  issue_id uuid PRIMARY KEY REFERENCES tessera.coupon_issue (id),
  -- a transaction has the id of its journal
  transaction_id uuid NOT NULL REFERENCES tessera.journal (id),
  line_no int NOT NULL,
  pieces int NOT NULL CHECK (pieces > 0),
  pieces_left int NOT NULL CHECK (pieces_left BETWEEN 0 AND pieces),
  UNIQUE (transaction_id, line_no)
);
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OF issue_id, transaction_id, line_no, pieces ON tessera.coupon_grant
  FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tessera.coupon_grant FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change();

-- Issues to the member of a sale what its top-ups are given: `GivenCoupons` in plugins/campaigns/src/domain/booking.ts. TC002: a code is
-- taken already; the sale is booked again with others.
CREATE FUNCTION tessera.grant_coupons(move jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  given jsonb;
  codes text[];
BEGIN
  FOR given IN SELECT g.item FROM jsonb_array_elements(move->'issued') AS g (item) LOOP
    codes := ARRAY(SELECT jsonb_array_elements_text(given->'codes'));
    PERFORM tessera.make_coupons(given || jsonb_build_object('kind', 'with-top-up', 'staffId', move->'staffId', 'staffName', move->'staffName',
      'issuedAt', move->'occurredAt'), codes, array_fill(move->>'memberId', ARRAY[cardinality(codes)]));
    INSERT INTO tessera.coupon_grant (issue_id, transaction_id, line_no, pieces, pieces_left)
    VALUES ((given->>'id')::uuid, (move->>'transactionId')::uuid, (given->>'lineNo')::int, (given->>'pieces')::int, (given->>'pieces')::int);
  END LOOP;
END $$;

-- Of coupons that were given with pieces that a refund takes back, what is unused is void: their part of it, half a coupon rounded up, so
-- the last piece takes all; what ends last goes first. What was used stays used. The sale is locked by `tessera.book_refund`, the coupons by
-- the caller.
CREATE FUNCTION tessera.void_given(move jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  back record;
  open bigint[];
BEGIN
  FOR back IN SELECT g.issue_id, g.pieces_left, t.quantity FROM jsonb_to_recordset(move->'takenBack') AS t ("lineNo" int, quantity int)
      JOIN tessera.coupon_grant g ON g.transaction_id = (move->>'refunds')::uuid AND g.line_no = t."lineNo" ORDER BY g.line_no LOOP
    open := ARRAY(SELECT c.id FROM tessera.coupon c WHERE c.issue_id = back.issue_id AND c.state = 'open' ORDER BY c.id DESC);
    PERFORM tessera.void_by_refund(move, open[1:div(2::numeric * cardinality(open) * back.quantity + back.pieces_left, 2::numeric * back.pieces_left)::int]);
    UPDATE tessera.coupon_grant g SET pieces_left = g.pieces_left - back.quantity WHERE g.issue_id = back.issue_id;
  END LOOP;
END $$;

CREATE FUNCTION tessera.void_by_refund(move jsonb, ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  WITH ended AS (
    UPDATE tessera.coupon c SET state = 'void', held_by = NULL, held_until = NULL WHERE c.id = ANY (ids) AND c.state = 'open'
    RETURNING c.id, c.member_id
  )
  INSERT INTO tessera.coupon_event (coupon_id, kind, occurred_at, staff_id, staff_name, member_id, refund_id)
  SELECT e.id, 'voided', (move->>'occurredAt')::timestamptz, (move->>'staffId')::bigint, move->>'staffName', e.member_id,
    (move->>'transactionId')::uuid FROM ended e ORDER BY e.id;
END $$;

-- What a transaction does to coupons. Of a sale: 0003 says how it uses them; besides, it issues those that come with it. Of a refund: it gives
-- back what the sale used (void at once when all of the top-up that it came with is taken back) and voids what came with what it takes back.
ALTER FUNCTION tessera.use_coupons(jsonb) RENAME TO redeem_coupons;
CREATE FUNCTION tessera.use_coupons(move jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE returned bigint[] := ARRAY(SELECT jsonb_array_elements_text(move->'givenBack')::bigint);
BEGIN
  IF move ? 'refunds' THEN
    PERFORM 1 FROM tessera.coupon c WHERE c.id = ANY (returned) OR c.issue_id IN (SELECT g.issue_id FROM tessera.coupon_grant g
      WHERE g.transaction_id = (move->>'refunds')::uuid) ORDER BY c.id FOR UPDATE;
    PERFORM tessera.give_coupons_back(move);
    PERFORM tessera.void_given(move);
    PERFORM tessera.void_by_refund(move, ARRAY(SELECT c.id FROM tessera.coupon c JOIN tessera.coupon_grant g ON g.issue_id = c.issue_id
      WHERE c.id = ANY (returned) AND g.pieces_left = 0));
    RETURN;
  END IF;
  IF move ? 'uses' THEN
    PERFORM tessera.redeem_coupons(move);
  END IF;
  IF move ? 'issued' THEN
    PERFORM tessera.grant_coupons(move);
  END IF;
END $$;

-- Coupons that a transaction gave its member, or that a refund made void: [{ label, quantity, validUntil }], negative = void; or null.
CREATE FUNCTION tessera.coupons_of(transaction uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_agg(jsonb_build_object('label', m.terms->'label', 'quantity', m.quantity,
      'validUntil', to_char(m.valid_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY m.issue_id)
    FROM (SELECT i.id AS issue_id, t.terms, i.count AS quantity, i.valid_until FROM tessera.coupon_grant g
        JOIN tessera.coupon_issue i ON i.id = g.issue_id JOIN tessera.coupon_terms t ON t.id = i.terms_id WHERE g.transaction_id = transaction
      UNION ALL
      SELECT i.id, t.terms, -count(*)::int, i.valid_until FROM tessera.coupon_event e JOIN tessera.coupon c ON c.id = e.coupon_id
        JOIN tessera.coupon_issue i ON i.id = c.issue_id JOIN tessera.coupon_terms t ON t.id = i.terms_id
        WHERE e.refund_id = transaction AND e.kind = 'voided' GROUP BY i.id, t.terms) m);
END $$;

-- Of a sale, for its refund: the lines that coupons were given with, and how many of those are unused; null: none.
CREATE FUNCTION tessera.coupons_given(sale uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_agg(jsonb_build_object('lineNo', g.line_no, 'left', g.pieces_left,
      'open', (SELECT count(*) FROM tessera.coupon c WHERE c.issue_id = g.issue_id AND c.state = 'open')) ORDER BY g.line_no)
    FROM tessera.coupon_grant g WHERE g.transaction_id = sale);
END $$;
