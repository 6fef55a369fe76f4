-- Why: a bonus may be given month by month: what is not given yet stands beside its lot, comes by a job, and is void when the card is paid back (ADR 10).
-- check before: to_regprocedure('tessera.take_pin_attempt(text,timestamptz,int,interval)') IS NOT NULL
-- check after: to_regprocedure('tessera.give_instalments(jsonb)') IS NOT NULL AND to_regclass('tessera.card_instalment') IS NOT NULL
-- check after: pg_get_functiondef('tessera.refund_lots(uuid,jsonb,date)'::regprocedure) LIKE '%card_instalment%'

-- `bonus_sold` grows with every instalment; the moves `granted` say when.
DROP TRIGGER refuse_change ON tessera.card_lot;
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OF id, transaction_id, line_no, plan_id, sku, name_zh, name_en, kind, service_ids,
  spend_order, bonus_earns_points, principal_sold, sessions_sold ON tessera.card_lot
  FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change();
ALTER TABLE tessera.card_move DROP CONSTRAINT card_move_kind_check;
ALTER TABLE tessera.card_move ADD CONSTRAINT card_move_kind_check
  CHECK (kind IN ('sold', 'spent', 'used', 'returned', 'refunded', 'elapsed', 'granted'));
ALTER TABLE tessera.card_move DROP CONSTRAINT card_move_check1;
ALTER TABLE tessera.card_move ADD CONSTRAINT card_move_check1 CHECK (CASE WHEN kind IN ('sold', 'returned', 'granted')
  THEN least(principal, bonus, sessions) >= 0 ELSE greatest(principal, bonus, sessions) <= 0 END);

-- What of a bonus is given later. A partial refund lowers `amount`; `given_in` = its journal.
CREATE TABLE tessera.card_instalment (
  lot_id bigint NOT NULL REFERENCES tessera.card_lot (id),
  number int NOT NULL CHECK (number > 0),
  due_on date NOT NULL,
  amount bigint NOT NULL CHECK (amount >= 0),
  state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'given', 'void')),
  given_in uuid REFERENCES tessera.journal (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (lot_id, number),
  CHECK ((state = 'given') = (given_in IS NOT NULL))
);
CREATE INDEX card_instalment_due ON tessera.card_instalment (due_on) WHERE state = 'due';
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OF lot_id, number, due_on ON tessera.card_instalment
  FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tessera.card_instalment
  FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change();

-- Opens the cards that a sale sells, and puts on cards what it sold. TV003: the card is not one of this member, or is not active.
CREATE OR REPLACE FUNCTION tessera.fill_cards(transaction jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  journal uuid := (transaction->>'id')::uuid;
  member text := transaction->'cards'->>'memberId';
  store text := transaction->>'storeId';
  day date := (transaction->>'businessDay')::date;
BEGIN
  INSERT INTO tessera.card (id, number, member_id, store_id, currency, opened_at, opened_by)
  SELECT DISTINCT s."cardId", s.number, member, store, transaction->>'currency', (transaction->>'occurredAt')::timestamptz, journal
  FROM jsonb_to_recordset(transaction->'cards'->'sold') AS s ("cardId" uuid, number text) WHERE s.number IS NOT NULL;
  IF EXISTS (SELECT 1 FROM jsonb_to_recordset(transaction->'cards'->'sold') AS s ("cardId" uuid)
      WHERE NOT EXISTS (SELECT 1 FROM tessera.card c WHERE c.id = s."cardId" AND c.member_id = member AND c.status = 'active'
        AND c.currency = transaction->>'currency')) THEN
    RAISE EXCEPTION 'a card of member % cannot be used', member USING ERRCODE = 'TV003';
  END IF;
  WITH lots AS (
    INSERT INTO tessera.card_lot (card_id, transaction_id, line_no, part_no, plan_id, package_id, sku, name_zh, name_en, kind, service_ids,
      spend_order, bonus_earns_points, principal_sold, bonus_sold, sessions_sold, principal, bonus, sessions, valid_until, period_days, starts,
      started_on, uses_per, uses_limit, freeze_days, shared_with, refund_terms)
    SELECT s."cardId", journal, s."lineNo", coalesce(s."partNo", 0), s."planId", s."packageId", s.sku, s."nameZh", s."nameEn", s.kind, s."serviceIds",
      s."spendOrder", s."bonusEarnsPoints", s.principal, s.bonus, s.sessions, s.principal, s.bonus, s.sessions,
      CASE WHEN s.time->>'starts' = 'sale' THEN tessera.end_of_business_day(store, day + (s.time->>'periodDays')::int - 1) ELSE s."validUntil" END,
      (s.time->>'periodDays')::int, s.time->>'starts', CASE WHEN s.time->>'starts' = 'sale' THEN day END,
      s.time->>'usesPer', (s.time->>'usesLimit')::int, coalesce((s.time->>'freezeDays')::int, 0), coalesce((s.time->>'sharedWith')::int, 0),
      coalesce(s.time->>'refundTerms', 'unelapsed')
    FROM jsonb_to_recordset(transaction->'cards'->'sold') AS s ("cardId" uuid, "lineNo" int, "partNo" int, "planId" text, "packageId" text, sku text,
      "nameZh" text, "nameEn" text, kind text, "serviceIds" text[], "spendOrder" text, "bonusEarnsPoints" boolean, principal bigint, bonus bigint,
      sessions bigint, "validUntil" timestamptz, time jsonb)
    ORDER BY s."lineNo", s."partNo"
    RETURNING id, line_no, principal, bonus, sessions
  )
  INSERT INTO tessera.card_move (journal_id, lot_id, kind, principal, bonus, sessions, line_no)
  SELECT journal, id, 'sold', principal, bonus, sessions, line_no FROM lots ORDER BY id;
  INSERT INTO tessera.card_instalment (lot_id, number, due_on, amount)
  SELECT l.id, i.place, (i.item->>'dueOn')::date, (i.item->>'amount')::bigint
  FROM jsonb_to_recordset(transaction->'cards'->'sold') AS s ("lineNo" int, "partNo" int, instalments jsonb)
  JOIN tessera.card_lot l ON l.transaction_id = journal AND l.line_no = s."lineNo" AND l.part_no = coalesce(s."partNo", 0)
  CROSS JOIN jsonb_array_elements(s.instalments) WITH ORDINALITY AS i (item, place);
END $$;


-- Takes off the cards that a sale sold what is refunded of them, after what has elapsed of their days; what of
-- a bonus was still to come is void in the same proportion. TV002: something was used since.
CREATE OR REPLACE FUNCTION tessera.refund_lots(journal uuid, refund jsonb, day date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  WITH due AS MATERIALIZED (
    SELECT l.id, tessera.elapsed_by_refund(l, c.blocked_on, day) AS amount FROM jsonb_to_recordset(refund->'lots') AS w ("lineNo" int, part int)
    JOIN tessera.card_lot l ON l.transaction_id = (refund->>'saleId')::uuid AND l.line_no = w."lineNo" AND l.part_no = w.part AND l.kind = 'time'
    JOIN tessera.card c ON c.id = l.card_id
  ), lowered AS (
    UPDATE tessera.card_lot l SET principal = l.principal - d.amount FROM due d WHERE l.id = d.id AND d.amount > 0
  )
  INSERT INTO tessera.card_move (journal_id, lot_id, kind, principal, bonus, sessions)
  SELECT journal, d.id, 'elapsed', -d.amount, 0, 0 FROM due d WHERE d.amount > 0;
  WITH wanted AS MATERIALIZED (
    SELECT l.id, l.kind, w.principal, w.bonus, w.sessions FROM jsonb_to_recordset(refund->'lots') AS w ("lineNo" int, part int, principal bigint,
      bonus bigint, sessions bigint, known jsonb)
    JOIN tessera.card_lot l ON l.transaction_id = (refund->>'saleId')::uuid AND l.line_no = w."lineNo" AND l.part_no = w.part
      AND l.principal = (w.known->>'principal')::bigint AND l.bonus = (w.known->>'bonus')::bigint
      AND l.sessions = (w.known->>'sessions')::bigint AND NOT l.is_refunded
  ), lowered AS (
    UPDATE tessera.card_lot l SET principal = l.principal - w.principal, bonus = l.bonus - w.bonus, sessions = l.sessions - w.sessions,
      is_refunded = w.kind = 'time' FROM wanted w WHERE l.id = w.id
  )
  INSERT INTO tessera.card_move (journal_id, lot_id, kind, principal, bonus, sessions)
  SELECT journal, w.id, 'refunded', -w.principal, -w.bonus, -w.sessions FROM wanted w;
  UPDATE tessera.card_instalment i SET amount = i.amount - tessera.share_of(i.amount, w.quantity, w."left"),
    state = CASE WHEN w.quantity = w."left" THEN 'void' ELSE i.state END
  FROM jsonb_to_recordset(refund->'lots') AS w ("lineNo" int, part int, quantity bigint, "left" bigint)
  JOIN tessera.card_lot l ON l.transaction_id = (refund->>'saleId')::uuid AND l.line_no = w."lineNo" AND l.part_no = w.part
  WHERE i.lot_id = l.id AND i.state = 'due';
  IF (SELECT count(*) FROM tessera.card_move m WHERE m.journal_id = journal AND m.kind = 'refunded') <> jsonb_array_length(refund->'lots') THEN
    RAISE EXCEPTION 'a card that sale % sold has moved', refund->>'saleId' USING ERRCODE = 'TV002';
  END IF;
END $$;

-- What the moves of a journal mean in its books: what is on cards, and the accounts of the till against it. What sessions were sold for
-- becomes revenue when they are used, days when they are over. `against` is the till of a transaction, or the store whose days are over.
CREATE OR REPLACE FUNCTION tessera.card_postings(journal uuid, against text, against_id text, money text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (WITH moved AS (
    SELECT l.card_id::text AS card, l.sku, l.kind IN ('sessions', 'time') AS is_deferred,
      CASE l.kind WHEN 'time' THEN 'time-revenue' ELSE 'session-revenue' END AS revenue, m.kind IN ('sold', 'refunded', 'granted') AS is_granted,
      m.principal, m.bonus, m.sessions
    FROM tessera.card_move m JOIN tessera.card_lot l ON l.id = m.lot_id WHERE m.journal_id = journal
  ), entries AS (
    SELECT 'card' AS owner_type, card AS owner_id, CASE WHEN is_deferred THEN 'deferred' ELSE 'principal' END AS account, money AS unit,
      principal AS amount FROM moved
    UNION ALL SELECT 'card', card, 'bonus', money, bonus FROM moved
    UNION ALL SELECT 'card', card, 'sessions', sku, sessions FROM moved
    UNION ALL SELECT against, against_id, CASE WHEN is_deferred THEN 'deferred' ELSE 'principal' END
      || CASE WHEN is_granted THEN '-granted' ELSE '-spent' END, money, -principal FROM moved
    UNION ALL SELECT against, against_id, CASE WHEN is_granted THEN 'bonus-granted' ELSE 'bonus-spent' END, money, -bonus FROM moved
    UNION ALL SELECT against, against_id, CASE WHEN is_granted THEN 'sessions-granted' ELSE 'sessions-used' END, sku, -sessions FROM moved
    UNION ALL SELECT against, against_id, 'prepaid', money, -principal FROM moved WHERE is_deferred AND NOT is_granted
    UNION ALL SELECT against, against_id, revenue, money, principal FROM moved WHERE is_deferred AND NOT is_granted
  )
  SELECT coalesce(jsonb_agg(jsonb_build_object('ownerType', owner_type, 'ownerId', owner_id, 'account', account, 'unit', unit,
    'amount', amount)), '[]')
  FROM (SELECT owner_type, owner_id, account, unit, sum(amount)::bigint AS amount FROM entries
    GROUP BY owner_type, owner_id, account, unit HAVING sum(amount) <> 0) e);
END $$;


-- Gives what is due of bonuses on cards of a store: { journal, storeId, currency, day, at, size }. As `recognise_time`: the cards are locked
-- first, what is given is not due any more, so it may run late, twice or on two nodes at once. What has ended waits. Returns { lots, amount }.
CREATE FUNCTION tessera.give_instalments(request jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  journal uuid := (request->>'journal')::uuid;
  store text := request->>'storeId';
  day date := (request->>'day')::date;
  at timestamptz := (request->>'at')::timestamptz;
  cards uuid[];
  done jsonb;
BEGIN
  SELECT array_agg(k.id) INTO cards FROM (SELECT c.id FROM tessera.card c
    WHERE c.store_id = store AND c.currency = request->>'currency' AND EXISTS (SELECT 1 FROM tessera.card_lot l
      JOIN tessera.card_instalment i ON i.lot_id = l.id AND i.state = 'due' AND i.due_on <= day
      WHERE l.card_id = c.id AND (l.valid_until IS NULL OR l.valid_until > at))
    ORDER BY c.id LIMIT (request->>'size')::int FOR UPDATE SKIP LOCKED) k;
  WITH due AS MATERIALIZED (
    SELECT i.lot_id, i.number, i.amount FROM tessera.card_lot l JOIN tessera.card_instalment i ON i.lot_id = l.id
    WHERE l.card_id = ANY (cards) AND i.state = 'due' AND i.due_on <= day AND (l.valid_until IS NULL OR l.valid_until > at)
  ), given AS (
    UPDATE tessera.card_instalment i SET state = 'given', given_in = journal FROM due d WHERE i.lot_id = d.lot_id AND i.number = d.number
  ), lots AS MATERIALIZED (
    SELECT d.lot_id, sum(d.amount)::bigint AS amount FROM due d GROUP BY d.lot_id
  ), raised AS (
    UPDATE tessera.card_lot l SET bonus = l.bonus + s.amount, bonus_sold = l.bonus_sold + s.amount FROM lots s WHERE l.id = s.lot_id
  ), moved AS (
    INSERT INTO tessera.card_move (journal_id, lot_id, kind, principal, bonus, sessions)
    SELECT journal, s.lot_id, 'granted', 0, s.amount, 0 FROM lots s ORDER BY s.lot_id
  )
  SELECT jsonb_build_object('lots', count(*), 'amount', coalesce(sum(s.amount), 0)) INTO done FROM lots s;
  IF (done->>'lots')::int > 0 THEN
    PERFORM tessera.post_journals(jsonb_build_array(jsonb_build_object('id', journal, 'kind', 'card-bonus', 'storeId', store, 'businessDay', day,
      'occurredAt', request->>'at', 'staffId', NULL, 'subjectType', 'store', 'subjectId', store,
      'postings', tessera.card_postings(journal, 'store', store, request->>'currency'))));
  END IF;
  RETURN done;
END $$;

-- 0001, 0003 and 0004 say what it answers. Besides: in how many instalments a plan gives its bonus. Of 0004: the parts of packages, the terms of time cards with their uses in this month and the last days,
-- and the time cards that others share with the member.
CREATE OR REPLACE FUNCTION tessera.cards_facts(skus text[], member text, at timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN jsonb_build_object(
    'plans', coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.document_id, 'sku', p.sku, 'nameZh', p.name_zh, 'nameEn', p.name_en,
        'kind', p.kind, 'unitPrice', p.unit_price, 'bonus', p.bonus, 'spendOrder', p.spend_order, 'bonusEarnsPoints', p.bonus_earns_points,
        'bonusInstalments', p.bonus_instalments, 'sessionCount', coalesce(p.session_count, 0), 'validityDays', p.validity_days, 'isForSale', p.active AND NOT p.archived,
        'serviceIds', coalesce((SELECT jsonb_agg(s.document_id ORDER BY s.document_id) FROM public.card_plans_services_lnk l
          JOIN public.services s ON s.id = l.service_id WHERE l.card_plan_id = p.id), '[]'),
        'time', CASE WHEN p.kind = 'time' THEN jsonb_build_object('periodDays', p.validity_days, 'starts', coalesce(p.starts, 'sale'), 'usesPer', p.uses_per,
          'usesLimit', p.uses_limit, 'freezeDays', coalesce(p.freeze_days, 0), 'sharedWith', coalesce(p.shared_with, 0),
          'refundTerms', coalesce(p.refund_terms, 'unelapsed')) END,
        'partIds', coalesce((SELECT jsonb_agg(q.document_id ORDER BY k.card_plan_ord, q.id) FROM public.card_plans_parts_lnk k
          JOIN public.card_plans q ON q.id = k.inv_card_plan_id WHERE k.card_plan_id = p.id), '[]')))
      FROM public.card_plans p WHERE p.sku = ANY (skus) OR p.id IN (SELECT k.inv_card_plan_id FROM public.card_plans_parts_lnk k
        JOIN public.card_plans w ON w.id = k.card_plan_id WHERE w.sku = ANY (skus))), '[]'),
    'cards', coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'currency', c.currency,
        'isShared', c.member_id <> member, 'lots', coalesce((SELECT jsonb_agg(jsonb_build_object('id', l.id::text, 'kind', l.kind, 'sku', l.sku, 'nameZh', l.name_zh,
            'nameEn', l.name_en, 'serviceIds', l.service_ids, 'spendOrder', l.spend_order, 'bonusEarnsPoints', l.bonus_earns_points,
            'principal', l.principal, 'bonus', l.bonus, 'sessions', l.sessions, 'validUntil', l.valid_until)
            || CASE WHEN l.kind = 'time' THEN jsonb_build_object('time', jsonb_build_object('usesPer', l.uses_per, 'usesLimit', l.uses_limit,
              'uses', coalesce((SELECT jsonb_agg(jsonb_build_object('day', u.day, 'uses', u.uses) ORDER BY u.day) FROM (
                SELECT m.used_on AS day, -sum(m.uses + coalesce((SELECT sum(r.uses) FROM tessera.card_move r WHERE r.returns = m.id), 0)) AS uses
                FROM tessera.card_move m WHERE m.lot_id = l.id AND m.used_on > at::date - 40 GROUP BY m.used_on) u), '[]'))) ELSE '{}' END
            ORDER BY l.valid_until NULLS LAST, l.id)
          FROM tessera.card_lot l WHERE l.card_id = c.id AND (l.valid_until IS NULL OR l.valid_until > at)
            AND (l.sessions > 0 OR (l.kind = 'stored-value' AND l.principal + l.bonus > 0) OR (l.kind = 'time' AND NOT l.is_refunded))
            AND (c.member_id = member OR l.shared_with > 0)), '[]'))
        ORDER BY c.member_id <> member, c.opened_at, c.id)
      FROM tessera.card c WHERE c.status = 'active' AND (c.member_id = member
        OR c.id IN (SELECT g.card_id FROM tessera.card_guest g WHERE g.member_id = ANY (tessera.member_family(member))))), '[]'),
    'blocked', coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'currency', c.currency, 'status', c.status,
        'value', coalesce((SELECT sum(l.principal + l.bonus) FROM tessera.card_lot l WHERE l.card_id = c.id AND l.kind = 'stored-value'
          AND (l.valid_until IS NULL OR l.valid_until > at)), 0)) ORDER BY c.opened_at, c.id)
      FROM tessera.card c WHERE c.member_id = member AND c.status <> 'active'), '[]'));
END $$;


