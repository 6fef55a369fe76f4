-- Why: what members have prepaid is kept per sale with the terms of that day, and moves only together with the sale that moves it (ADR 7, ADR 10).
-- check before: to_regprocedure('tessera.post_journals(jsonb)') IS NOT NULL AND to_regclass('public.card_plans') IS NOT NULL
-- check after: to_regprocedure('tessera.move_cards(jsonb)') IS NOT NULL
-- check after: to_regprocedure('tessera.cards_facts(text[],text,timestamptz)') IS NOT NULL
-- check after: (SELECT count(*) = 4 FROM tessera.account_floor WHERE owner_type = 'card' AND min_balance = 0)

-- `deferred` is what was paid for sessions that are left.
INSERT INTO tessera.account_floor (owner_type, account, min_balance)
VALUES ('card', 'principal', 0), ('card', 'bonus', 0), ('card', 'sessions', 0), ('card', 'deferred', 0);

-- What a member shows: a number. What is on it stands in its lots.
CREATE TABLE tessera.card (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE,
  member_id text NOT NULL,
  store_id text NOT NULL,
  currency text NOT NULL,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'frozen', 'lost', 'closed')),
  opened_at timestamptz NOT NULL,
  -- a transaction has the id of its journal
  opened_by uuid NOT NULL REFERENCES tessera.journal (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX card_by_member ON tessera.card (member_id);

-- What one line of a sale put on a card, by the plan as it was that day. Only what is left of it changes, and until when it counts.
CREATE TABLE tessera.card_lot (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  card_id uuid NOT NULL REFERENCES tessera.card (id),
  transaction_id uuid NOT NULL REFERENCES tessera.journal (id) DEFERRABLE INITIALLY DEFERRED,
  line_no int NOT NULL,
  plan_id text NOT NULL,
  sku text NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('stored-value', 'sessions')),
  service_ids text[] NOT NULL,
  spend_order text NOT NULL CHECK (spend_order IN ('principal-first', 'bonus-first', 'in-proportion')),
  bonus_earns_points boolean NOT NULL,
  principal_sold bigint NOT NULL CHECK (principal_sold >= 0),
  bonus_sold bigint NOT NULL CHECK (bonus_sold >= 0),
  sessions_sold bigint NOT NULL CHECK (sessions_sold >= 0),
  principal bigint NOT NULL,
  bonus bigint NOT NULL,
  sessions bigint NOT NULL,
  valid_until timestamptz,
  UNIQUE (transaction_id, line_no),
  CHECK (principal BETWEEN 0 AND principal_sold),
  CHECK (bonus BETWEEN 0 AND bonus_sold),
  CHECK (sessions BETWEEN 0 AND sessions_sold),
  CHECK (kind = 'sessions' OR sessions_sold = 0),
  CHECK (kind = 'stored-value' OR bonus_sold = 0)
) WITH (fillfactor = 80);
CREATE INDEX card_lot_by_card ON tessera.card_lot (card_id);

-- What happened to a lot, and in which journal. Positive = into the lot. `line_no` is the line that a session paid for.
CREATE TABLE tessera.card_move (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  journal_id uuid NOT NULL REFERENCES tessera.journal (id) DEFERRABLE INITIALLY DEFERRED,
  lot_id bigint NOT NULL REFERENCES tessera.card_lot (id),
  kind text NOT NULL CHECK (kind IN ('sold', 'spent', 'used', 'returned', 'refunded')),
  principal bigint NOT NULL,
  bonus bigint NOT NULL,
  sessions bigint NOT NULL,
  line_no int,
  -- the move that is taken back
  returns bigint REFERENCES tessera.card_move (id),
  CHECK ((kind = 'returned') = (returns IS NOT NULL)),
  CHECK (CASE WHEN kind IN ('sold', 'returned') THEN least(principal, bonus, sessions) >= 0
    ELSE greatest(principal, bonus, sessions) <= 0 END)
);
CREATE INDEX card_move_by_journal ON tessera.card_move (journal_id);
CREATE INDEX card_move_by_lot ON tessera.card_move (lot_id);
CREATE INDEX card_move_by_returned ON tessera.card_move (returns) WHERE returns IS NOT NULL;

SELECT tessera.keep_as_history('tessera.card_move');
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OF id, store_id, currency, opened_at, opened_by ON tessera.card
  FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tessera.card
  FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change();
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OF id, transaction_id, line_no, plan_id, sku, name_zh, name_en, kind, service_ids,
  spend_order, bonus_earns_points, principal_sold, bonus_sold, sessions_sold ON tessera.card_lot
  FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tessera.card_lot
  FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change();

-- What a price depends on: `CardsFacts` in plugins/cards/src/domain. Planned once, because of the list.
CREATE FUNCTION tessera.cards_facts(skus text[], member text, at timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN jsonb_build_object(
    'plans', coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.document_id, 'sku', p.sku, 'nameZh', p.name_zh, 'nameEn', p.name_en,
        'kind', p.kind, 'unitPrice', p.unit_price, 'bonus', p.bonus, 'spendOrder', p.spend_order, 'bonusEarnsPoints', p.bonus_earns_points,
        'sessionCount', coalesce(p.session_count, 0), 'validityDays', p.validity_days, 'isForSale', p.active AND NOT p.archived,
        'serviceIds', coalesce((SELECT jsonb_agg(s.document_id ORDER BY s.document_id) FROM public.card_plans_services_lnk l
          JOIN public.services s ON s.id = l.service_id WHERE l.card_plan_id = p.id), '[]')))
      FROM public.card_plans p WHERE p.sku = ANY (skus)), '[]'),
    'cards', coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'currency', c.currency,
        'lots', coalesce((SELECT jsonb_agg(jsonb_build_object('id', l.id::text, 'kind', l.kind, 'sku', l.sku, 'nameZh', l.name_zh,
            'nameEn', l.name_en, 'serviceIds', l.service_ids, 'spendOrder', l.spend_order, 'bonusEarnsPoints', l.bonus_earns_points,
            'principal', l.principal, 'bonus', l.bonus, 'sessions', l.sessions, 'validUntil', l.valid_until)
            ORDER BY l.valid_until NULLS LAST, l.id)
          FROM tessera.card_lot l WHERE l.card_id = c.id AND (l.valid_until IS NULL OR l.valid_until > at)
            AND (l.sessions > 0 OR (l.kind = 'stored-value' AND l.principal + l.bonus > 0))), '[]'))
        ORDER BY c.opened_at, c.id)
      FROM tessera.card c WHERE c.member_id = member AND c.status = 'active'), '[]'));
END $$;

-- `amount × part ÷ whole` of amounts that are not negative, half a unit rounded up, exact.
CREATE FUNCTION tessera.share_of(amount bigint, part bigint, whole bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN whole = 0 THEN 0 ELSE div(2::numeric * amount * part + whole, 2::numeric * whole)::bigint END
$$;

-- Of an amount taken from principal and bonus, how much is principal: `principalPart` in plugins/cards/src/domain. Half a unit is rounded up.
CREATE FUNCTION tessera.principal_part(spend_order text, amount bigint, principal bigint, bonus bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE spend_order WHEN 'principal-first' THEN least(amount, principal) WHEN 'bonus-first' THEN amount - least(amount, bonus)
    WHEN 'in-proportion' THEN tessera.share_of(principal, amount, principal + bonus) END
$$;

-- Takes up to `wanted` of stored value, from one card or from whichever ends first. Returns how much it took, and what of it earns points.
CREATE FUNCTION tessera.spend_value(journal uuid, member text, wanted_card uuid, money text, wanted bigint, at timestamptz)
RETURNS TABLE (taken bigint, earning bigint) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY WITH ordered AS (
    SELECT l.id, l.principal, l.bonus, l.spend_order, l.bonus_earns_points,
      sum(l.principal + l.bonus) OVER (ORDER BY l.valid_until NULLS LAST, l.id) - (l.principal + l.bonus) AS before
    FROM tessera.card c JOIN tessera.card_lot l ON l.card_id = c.id
    WHERE c.member_id = member AND c.status = 'active' AND c.currency = money AND (wanted_card IS NULL OR c.id = wanted_card)
      AND l.kind = 'stored-value' AND l.principal + l.bonus > 0 AND (l.valid_until IS NULL OR l.valid_until > at)
  ), cut AS (
    SELECT o.*, least(o.principal + o.bonus, wanted - o.before)::bigint AS amount FROM ordered o WHERE o.before < wanted
  ), parts AS MATERIALIZED (
    SELECT c.id, c.before, c.amount, c.bonus_earns_points,
      tessera.principal_part(c.spend_order, c.amount, c.principal, c.bonus) AS principal FROM cut c
  ), lowered AS (
    UPDATE tessera.card_lot l SET principal = l.principal - p.principal, bonus = l.bonus - (p.amount - p.principal)
    FROM parts p WHERE l.id = p.id
  ), moved AS (
    INSERT INTO tessera.card_move (journal_id, lot_id, kind, principal, bonus, sessions)
    SELECT journal, p.id, 'spent', -p.principal, p.principal - p.amount, 0 FROM parts p ORDER BY p.before
  )
  SELECT coalesce(sum(p.amount), 0)::bigint, coalesce(sum(CASE WHEN p.bonus_earns_points THEN p.amount ELSE p.principal END), 0)::bigint
  FROM parts p;
END $$;

-- Uses up to `wanted` sessions of a card for a service; each takes its part of what was paid for those that are left. Returns how many.
CREATE FUNCTION tessera.use_sessions(journal uuid, member text, wanted_card uuid, service text, line int, wanted bigint, at timestamptz)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE taken bigint;
BEGIN
  WITH ordered AS (
    SELECT l.id, l.principal, l.sessions, sum(l.sessions) OVER (ORDER BY l.valid_until NULLS LAST, l.id) - l.sessions AS before
    FROM tessera.card c JOIN tessera.card_lot l ON l.card_id = c.id
    WHERE c.id = wanted_card AND c.member_id = member AND c.status = 'active' AND l.kind = 'sessions' AND l.sessions > 0
      AND service = ANY (l.service_ids) AND (l.valid_until IS NULL OR l.valid_until > at)
  ), cut AS (
    SELECT o.*, least(o.sessions, wanted - o.before)::bigint AS used FROM ordered o WHERE o.before < wanted
  ), parts AS MATERIALIZED (
    SELECT c.id, c.before, c.used, c.principal - tessera.share_of(c.principal, c.sessions - c.used, c.sessions) AS principal FROM cut c
  ), lowered AS (
    UPDATE tessera.card_lot l SET principal = l.principal - p.principal, sessions = l.sessions - p.used FROM parts p WHERE l.id = p.id
  ), moved AS (
    INSERT INTO tessera.card_move (journal_id, lot_id, kind, principal, bonus, sessions, line_no)
    SELECT journal, p.id, 'used', -p.principal, 0, -p.used, line FROM parts p ORDER BY p.before
  )
  SELECT coalesce(sum(p.used), 0) INTO taken FROM parts p;
  RETURN taken;
END $$;

-- Opens the cards that a sale sells, and puts on cards what it sold. TV003: the card is not one of this member, or is not active.
CREATE FUNCTION tessera.fill_cards(transaction jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  journal uuid := (transaction->>'id')::uuid;
  member text := transaction->'cards'->>'memberId';
BEGIN
  INSERT INTO tessera.card (id, number, member_id, store_id, currency, opened_at, opened_by)
  SELECT DISTINCT s."cardId", s.number, member, transaction->>'storeId', transaction->>'currency', (transaction->>'occurredAt')::timestamptz, journal
  FROM jsonb_to_recordset(transaction->'cards'->'sold') AS s ("cardId" uuid, number text) WHERE s.number IS NOT NULL;
  IF EXISTS (SELECT 1 FROM jsonb_to_recordset(transaction->'cards'->'sold') AS s ("cardId" uuid)
      WHERE NOT EXISTS (SELECT 1 FROM tessera.card c WHERE c.id = s."cardId" AND c.member_id = member AND c.status = 'active'
        AND c.currency = transaction->>'currency')) THEN
    RAISE EXCEPTION 'a card of member % cannot be used', member USING ERRCODE = 'TV003';
  END IF;
  WITH lots AS (
    INSERT INTO tessera.card_lot (card_id, transaction_id, line_no, plan_id, sku, name_zh, name_en, kind, service_ids, spend_order,
      bonus_earns_points, principal_sold, bonus_sold, sessions_sold, principal, bonus, sessions, valid_until)
    SELECT s."cardId", journal, s."lineNo", s."planId", s.sku, s."nameZh", s."nameEn", s.kind, s."serviceIds", s."spendOrder",
      s."bonusEarnsPoints", s.principal, s.bonus, s.sessions, s.principal, s.bonus, s.sessions, s."validUntil"
    FROM jsonb_to_recordset(transaction->'cards'->'sold') AS s ("cardId" uuid, "lineNo" int, "planId" text, sku text, "nameZh" text,
      "nameEn" text, kind text, "serviceIds" text[], "spendOrder" text, "bonusEarnsPoints" boolean, principal bigint, bonus bigint,
      sessions bigint, "validUntil" timestamptz)
    ORDER BY s."lineNo"
    RETURNING id, line_no, principal, bonus, sessions
  )
  INSERT INTO tessera.card_move (journal_id, lot_id, kind, principal, bonus, sessions, line_no)
  SELECT journal, id, 'sold', principal, bonus, sessions, line_no FROM lots ORDER BY id;
END $$;

-- Takes off the cards that a sale sold what is refunded of them. TV002: something was used since the refund was priced.
CREATE FUNCTION tessera.refund_lots(journal uuid, refund jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  WITH wanted AS MATERIALIZED (
    SELECT l.id, w.principal, w.bonus, w.sessions FROM jsonb_to_recordset(refund->'lots') AS w ("lineNo" int, principal bigint,
      bonus bigint, sessions bigint, known jsonb)
    JOIN tessera.card_lot l ON l.transaction_id = (refund->>'saleId')::uuid AND l.line_no = w."lineNo"
      AND l.principal = (w.known->>'principal')::bigint AND l.bonus = (w.known->>'bonus')::bigint
      AND l.sessions = (w.known->>'sessions')::bigint
  ), lowered AS (
    UPDATE tessera.card_lot l SET principal = l.principal - w.principal, bonus = l.bonus - w.bonus, sessions = l.sessions - w.sessions
    FROM wanted w WHERE l.id = w.id
  )
  INSERT INTO tessera.card_move (journal_id, lot_id, kind, principal, bonus, sessions)
  SELECT journal, w.id, 'refunded', -w.principal, -w.bonus, -w.sessions FROM wanted w;
  IF (SELECT count(*) FROM tessera.card_move m WHERE m.journal_id = journal AND m.kind = 'refunded') <> jsonb_array_length(refund->'lots') THEN
    RAISE EXCEPTION 'a card that sale % sold has moved', refund->>'saleId' USING ERRCODE = 'TV002';
  END IF;
END $$;

-- Gives stored value back to the lots that a sale took it from, what was spent last first; principal and bonus as if the sale had taken
-- less. So every split of refunds ends where one refund would.
CREATE FUNCTION tessera.return_value(journal uuid, sale uuid, wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE returned bigint;
BEGIN
  WITH spent AS (
    SELECT m.id, m.lot_id, l.spend_order, -m.principal AS principal, -m.bonus AS bonus,
      coalesce(sum(r.principal), 0)::bigint AS principal_back, coalesce(sum(r.bonus), 0)::bigint AS bonus_back
    FROM tessera.card_move m JOIN tessera.card_lot l ON l.id = m.lot_id LEFT JOIN tessera.card_move r ON r.returns = m.id
    WHERE m.journal_id = sale AND m.kind = 'spent' GROUP BY m.id, l.id
  ), ordered AS (
    SELECT s.*, s.principal + s.bonus - s.principal_back - s.bonus_back AS out,
      sum(s.principal + s.bonus - s.principal_back - s.bonus_back) OVER (ORDER BY s.id DESC)
        - (s.principal + s.bonus - s.principal_back - s.bonus_back) AS before
    FROM spent s
  ), cut AS (
    SELECT o.*, least(o.out, wanted - o.before)::bigint AS amount FROM ordered o WHERE o.before < wanted AND o.out > 0
  ), parts AS MATERIALIZED (
    SELECT c.id, c.lot_id, c.amount, c.principal - c.principal_back
      - tessera.principal_part(c.spend_order, c.out - c.amount, c.principal, c.bonus) AS principal FROM cut c
  ), raised AS (
    UPDATE tessera.card_lot l SET principal = l.principal + p.principal, bonus = l.bonus + p.amount - p.principal
    FROM (SELECT lot_id, sum(amount) AS amount, sum(parts.principal) AS principal FROM parts GROUP BY lot_id) p WHERE l.id = p.lot_id
  ), moved AS (
    INSERT INTO tessera.card_move (journal_id, lot_id, kind, principal, bonus, sessions, returns)
    SELECT journal, p.lot_id, 'returned', p.principal, p.amount - p.principal, 0, p.id FROM parts p ORDER BY p.id DESC
  )
  SELECT coalesce(sum(amount), 0) INTO returned FROM parts;
  IF returned <> wanted THEN
    RAISE EXCEPTION 'sale % took less than % of stored value', sale, wanted USING ERRCODE = 'check_violation';
  END IF;
END $$;

-- Gives sessions back that paid for pieces of a line, with what was paid for them.
CREATE FUNCTION tessera.return_sessions(journal uuid, sale uuid, line int, wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE returned bigint;
BEGIN
  WITH used AS (
    SELECT m.id, m.lot_id, -m.principal AS principal, -m.sessions AS sessions, coalesce(sum(r.principal), 0)::bigint AS principal_back,
      coalesce(sum(r.sessions), 0)::bigint AS sessions_back
    FROM tessera.card_move m LEFT JOIN tessera.card_move r ON r.returns = m.id
    WHERE m.journal_id = sale AND m.kind = 'used' AND m.line_no = line GROUP BY m.id
  ), ordered AS (
    SELECT u.*, u.sessions - u.sessions_back AS out,
      sum(u.sessions - u.sessions_back) OVER (ORDER BY u.id DESC) - (u.sessions - u.sessions_back) AS before FROM used u
  ), cut AS (
    SELECT o.*, least(o.out, wanted - o.before)::bigint AS back FROM ordered o WHERE o.before < wanted AND o.out > 0
  ), parts AS MATERIALIZED (
    SELECT c.id, c.lot_id, c.back, c.principal - c.principal_back - tessera.share_of(c.principal, c.out - c.back, c.sessions) AS principal
    FROM cut c
  ), raised AS (
    UPDATE tessera.card_lot l SET principal = l.principal + p.principal, sessions = l.sessions + p.back
    FROM (SELECT lot_id, sum(back) AS back, sum(parts.principal) AS principal FROM parts GROUP BY lot_id) p WHERE l.id = p.lot_id
  ), moved AS (
    INSERT INTO tessera.card_move (journal_id, lot_id, kind, principal, bonus, sessions, line_no, returns)
    SELECT journal, p.lot_id, 'returned', p.principal, 0, p.back, line, p.id FROM parts p ORDER BY p.id DESC
  )
  SELECT coalesce(sum(back), 0) INTO returned FROM parts;
  IF returned <> wanted THEN
    RAISE EXCEPTION 'line % of sale % used fewer than % sessions', line, sale, wanted USING ERRCODE = 'check_violation';
  END IF;
END $$;

-- What the moves of a journal mean in its books: what is on cards, and the accounts of the till against it. What sessions were sold for
-- becomes revenue when they are used.
CREATE FUNCTION tessera.card_postings(journal uuid, till text, money text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (WITH moved AS (
    SELECT l.card_id::text AS card, l.sku, l.kind = 'sessions' AS is_sessions, m.kind IN ('sold', 'refunded') AS is_granted,
      m.principal, m.bonus, m.sessions
    FROM tessera.card_move m JOIN tessera.card_lot l ON l.id = m.lot_id WHERE m.journal_id = journal
  ), entries AS (
    SELECT 'card' AS owner_type, card AS owner_id, CASE WHEN is_sessions THEN 'deferred' ELSE 'principal' END AS account, money AS unit,
      principal AS amount FROM moved
    UNION ALL SELECT 'card', card, 'bonus', money, bonus FROM moved
    UNION ALL SELECT 'card', card, 'sessions', sku, sessions FROM moved
    UNION ALL SELECT 'till', till, CASE WHEN is_sessions THEN 'deferred' ELSE 'principal' END
      || CASE WHEN is_granted THEN '-granted' ELSE '-spent' END, money, -principal FROM moved
    UNION ALL SELECT 'till', till, CASE WHEN is_granted THEN 'bonus-granted' ELSE 'bonus-spent' END, money, -bonus FROM moved
    UNION ALL SELECT 'till', till, CASE WHEN is_granted THEN 'sessions-granted' ELSE 'sessions-used' END, sku, -sessions FROM moved
    UNION ALL SELECT 'till', till, 'prepaid', money, -principal FROM moved WHERE is_sessions AND NOT is_granted
    UNION ALL SELECT 'till', till, 'session-revenue', money, principal FROM moved WHERE is_sessions AND NOT is_granted
  )
  SELECT coalesce(jsonb_agg(jsonb_build_object('ownerType', owner_type, 'ownerId', owner_id, 'account', account, 'unit', unit,
    'amount', amount)), '[]')
  FROM (SELECT owner_type, owner_id, account, unit, sum(amount)::bigint AS amount FROM entries
    GROUP BY owner_type, owner_id, account, unit HAVING sum(amount) <> 0) e);
END $$;

-- Moves the cards of the transactions that have any (`cards`: `CardsMove` in plugins/cards/src/domain/booking.ts) and returns the
-- transactions, their journals completed. Comes before the journals are posted: the cards are locked first, in the order of their
-- ids, then the accounts; what is taken from where is chosen under that lock.
-- TV001: less stored value than is paid with it. TV002: what was priced does not hold any more. TV003: a card cannot be used.
-- TV004: fewer sessions than are used.
CREATE FUNCTION tessera.move_cards(transactions jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  place int;
  moving jsonb;
  move jsonb;
  journal uuid;
  at timestamptz;
  part record;
  spent record;
  earning bigint;
BEGIN
  PERFORM 1 FROM tessera.card c WHERE c.id IN (
    SELECT k.id FROM jsonb_array_elements(transactions) AS t (item) JOIN tessera.card k ON k.member_id = t.item->'cards'->>'memberId'
    UNION SELECT l.card_id FROM jsonb_array_elements(transactions) AS t (item)
      JOIN tessera.card_lot l ON l.transaction_id = (t.item->'cards'->'refund'->>'saleId')::uuid
    UNION SELECT l.card_id FROM jsonb_array_elements(transactions) AS t (item)
      JOIN tessera.card_move m ON m.journal_id = (t.item->'cards'->'refund'->>'saleId')::uuid JOIN tessera.card_lot l ON l.id = m.lot_id)
    ORDER BY c.id FOR UPDATE;
  FOR place, moving IN SELECT t.place - 1, t.item FROM jsonb_array_elements(transactions) WITH ORDINALITY AS t (item, place)
      WHERE t.item ? 'cards' ORDER BY t.place LOOP
    move := moving->'cards';
    journal := (moving->>'id')::uuid;
    at := (moving->>'occurredAt')::timestamptz;
    earning := 0;
    FOR part IN SELECT s.amount, s."cardId" AS card FROM jsonb_to_recordset(move->'spends') AS s (amount bigint, "cardId" uuid) LOOP
      SELECT * INTO spent FROM tessera.spend_value(journal, move->>'memberId', part.card, moving->>'currency', part.amount, at);
      IF spent.taken < part.amount THEN
        RAISE EXCEPTION 'member % has less stored value than %', move->>'memberId', part.amount USING ERRCODE = 'TV001';
      END IF;
      earning := earning + spent.earning;
    END LOOP;
    IF (move->>'earning')::bigint <> earning THEN
      RAISE EXCEPTION 'the cards of member % have moved', move->>'memberId' USING ERRCODE = 'TV002';
    END IF;
    FOR part IN SELECT u."lineNo" AS line, u."cardId" AS card, u."itemId" AS item, u.quantity
        FROM jsonb_to_recordset(move->'uses') AS u ("lineNo" int, "cardId" uuid, "itemId" text, quantity bigint) LOOP
      IF tessera.use_sessions(journal, move->>'memberId', part.card, part.item, part.line, part.quantity, at) < part.quantity THEN
        RAISE EXCEPTION 'card % has fewer than % sessions', part.card, part.quantity USING ERRCODE = 'TV004';
      END IF;
    END LOOP;
    PERFORM tessera.fill_cards(moving);
    IF move ? 'refund' THEN
      PERFORM tessera.refund_lots(journal, move->'refund');
      IF (move->'refund'->>'value')::bigint > 0 THEN
        PERFORM tessera.return_value(journal, (move->'refund'->>'saleId')::uuid, (move->'refund'->>'value')::bigint);
      END IF;
      PERFORM tessera.return_sessions(journal, (move->'refund'->>'saleId')::uuid, s."lineNo", s.quantity)
        FROM jsonb_to_recordset(move->'refund'->'sessions') AS s ("lineNo" int, quantity bigint);
    END IF;
    transactions := jsonb_set(transactions, ARRAY[place::text, 'journal', 'postings'],
      (moving->'journal'->'postings') || tessera.card_postings(journal, moving->>'tillId', moving->>'currency'));
  END LOOP;
  RETURN transactions;
END $$;

-- What a transaction did to cards, for its answer and its receipt: `CardEntry[]` in plugins/cards/src/domain, or null. Moves of a card are
-- numbered under its lock, so what was left on it then is what its moves up to there add up to.
CREATE FUNCTION tessera.cards_of(transaction uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_agg(jsonb_build_object('cardId', c.id, 'number', c.number, 'isNew', c.opened_by = transaction,
      'principal', e.principal, 'bonus', e.bonus,
      'left', CASE WHEN e.has_value THEN (SELECT sum(m.principal + m.bonus) FROM tessera.card_lot l JOIN tessera.card_move m ON m.lot_id = l.id
        WHERE l.card_id = c.id AND l.kind = 'stored-value' AND m.id <= e.last_move) END,
      'sessions', coalesce((SELECT jsonb_agg(jsonb_build_object('sku', s.sku, 'nameZh', s.name_zh, 'nameEn', s.name_en, 'moved', s.moved,
          'left', (SELECT sum(m.sessions) FROM tessera.card_lot l JOIN tessera.card_move m ON m.lot_id = l.id
            WHERE l.card_id = c.id AND l.sku = s.sku AND m.id <= e.last_move)) ORDER BY s.sku)
        FROM (SELECT l.sku, max(l.name_zh) AS name_zh, max(l.name_en) AS name_en, sum(m.sessions) AS moved
          FROM tessera.card_move m JOIN tessera.card_lot l ON l.id = m.lot_id
          WHERE m.journal_id = transaction AND l.card_id = c.id AND l.kind = 'sessions' GROUP BY l.sku HAVING sum(m.sessions) <> 0) s), '[]'))
      ORDER BY c.opened_at, c.id)
    FROM (SELECT l.card_id, bool_or(l.kind = 'stored-value') AS has_value, max(m.id) AS last_move,
        coalesce(sum(m.principal) FILTER (WHERE l.kind = 'stored-value'), 0) AS principal, sum(m.bonus) AS bonus
      FROM tessera.card_move m JOIN tessera.card_lot l ON l.id = m.lot_id WHERE m.journal_id = transaction GROUP BY l.card_id) e
    JOIN tessera.card c ON c.id = e.card_id);
END $$;

-- What a refund of a sale depends on: what is left of the lots that it sold, and which lines sessions paid for. Null: it moved no cards.
CREATE FUNCTION tessera.cards_of_refund(sale uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM tessera.card_move m WHERE m.journal_id = sale) THEN
    RETURN NULL;
  END IF;
  RETURN jsonb_build_object(
    'lots', coalesce((SELECT jsonb_agg(jsonb_build_object('lineNo', l.line_no, 'principal', l.principal, 'bonus', l.bonus,
      'sessions', l.sessions) ORDER BY l.line_no) FROM tessera.card_lot l WHERE l.transaction_id = sale), '[]'),
    'sessions', coalesce((SELECT jsonb_agg(jsonb_build_object('lineNo', u.line_no, 'quantity', u.quantity) ORDER BY u.line_no)
      FROM (SELECT m.line_no, -sum(m.sessions) AS quantity FROM tessera.card_move m WHERE m.journal_id = sale AND m.kind = 'used'
        GROUP BY m.line_no) u), '[]'));
END $$;
