-- Why: time cards (so many uses a day, week or month within a period, paused by a freeze, shared with the family) and package cards of several parts (ADR 14).
-- check before: to_regprocedure('tessera.care_for_card(jsonb)') IS NOT NULL AND to_regprocedure('tessera.member_family(text)') IS NOT NULL AND to_regclass('public.card_plans_parts_lnk') IS NOT NULL
-- check after: to_regprocedure('tessera.recognise_time(jsonb)') IS NOT NULL AND to_regclass('tessera.card_guest') IS NOT NULL
-- check after: pg_get_functiondef('tessera.move_cards(jsonb)'::regprocedure) LIKE '%businessDay%'
-- check after: pg_get_functiondef('tessera.cards_facts(text[],text,timestamptz)'::regprocedure) LIKE '%card_guest%'

ALTER TABLE tessera.card_lot DROP CONSTRAINT card_lot_kind_check;
ALTER TABLE tessera.card_lot ADD CONSTRAINT card_lot_kind_check CHECK (kind IN ('stored-value', 'sessions', 'time'));
ALTER TABLE tessera.card_lot DROP CONSTRAINT card_lot_transaction_id_line_no_key;
-- A package puts one lot per part on the card: `line_no` is theirs together.
ALTER TABLE tessera.card_lot ADD COLUMN part_no int NOT NULL DEFAULT 0, ADD COLUMN package_id text,
  -- Of a time card: so many business days from the sale or the first use on, `frozen_days` of them not counted. Extending it adds to them.
  ADD COLUMN period_days int CHECK (period_days > 0),
  ADD COLUMN starts text CHECK (starts IN ('sale', 'first-use')),
  ADD COLUMN started_on date,
  -- At most so many uses in each of these; null = as many as wanted.
  ADD COLUMN uses_per text CHECK (uses_per IN ('day', 'week', 'month')),
  ADD COLUMN uses_limit int CHECK (uses_limit > 0),
  -- So many days at most a freeze pushes the end out, and so many it has.
  ADD COLUMN freeze_days int NOT NULL DEFAULT 0 CHECK (freeze_days >= 0),
  ADD COLUMN frozen_days int NOT NULL DEFAULT 0 CHECK (frozen_days BETWEEN 0 AND freeze_days),
  -- With so many other members at most.
  ADD COLUMN shared_with int NOT NULL DEFAULT 0 CHECK (shared_with >= 0),
  ADD COLUMN refund_terms text NOT NULL DEFAULT 'unelapsed' CHECK (refund_terms IN ('unelapsed', 'none')),
  -- A time card that was paid back is over, whatever its end.
  ADD COLUMN is_refunded boolean NOT NULL DEFAULT false,
  ADD UNIQUE (transaction_id, line_no, part_no),
  ADD CHECK ((kind = 'time') = (period_days IS NOT NULL)),
  ADD CHECK ((kind = 'time') = (starts IS NOT NULL)),
  ADD CHECK (started_on IS NOT NULL OR starts IS DISTINCT FROM 'sale'),
  ADD CHECK ((uses_per IS NULL) = (uses_limit IS NULL)),
  ADD CHECK (kind = 'time' OR (started_on IS NULL AND uses_limit IS NULL AND freeze_days = 0 AND shared_with = 0));
CREATE INDEX card_lot_by_elapsing ON tessera.card_lot (card_id) WHERE kind = 'time' AND principal > 0;
CREATE TRIGGER refuse_change_of_terms BEFORE UPDATE OF part_no, package_id, starts, uses_per, uses_limit, freeze_days, shared_with, refund_terms
  ON tessera.card_lot FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change();

-- `elapsed`: what was paid for days that are over. `uses` of a time card, on the business day they were for; negative = used.
ALTER TABLE tessera.card_move DROP CONSTRAINT card_move_kind_check;
ALTER TABLE tessera.card_move ADD CONSTRAINT card_move_kind_check
  CHECK (kind IN ('sold', 'spent', 'used', 'returned', 'refunded', 'elapsed'));
ALTER TABLE tessera.card_move ADD COLUMN uses int NOT NULL DEFAULT 0, ADD COLUMN used_on date,
  ADD CHECK (CASE kind WHEN 'used' THEN uses <= 0 WHEN 'returned' THEN uses >= 0 ELSE uses = 0 END),
  ADD CHECK ((uses < 0) = (used_on IS NOT NULL));
CREATE INDEX card_move_by_use ON tessera.card_move (lot_id, used_on) WHERE used_on IS NOT NULL;

-- Who besides its owner may use the time cards on a card. How that came about stands in the acts.
CREATE TABLE tessera.card_guest (
  card_id uuid NOT NULL REFERENCES tessera.card (id),
  member_id text NOT NULL,
  PRIMARY KEY (card_id, member_id)
);
CREATE INDEX card_guest_by_member ON tessera.card_guest (member_id);

-- The first day of the day, week (Monday) or month of a business day.
CREATE FUNCTION tessera.first_day_of(per text, day date) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT date_trunc(per, day::timestamp)::date
$$;

-- The end of a business day on the clock of a store.
CREATE FUNCTION tessera.end_of_business_day(store text, day date) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT ((day + 1) + s.day_cutoff::time) AT TIME ZONE s.time_zone FROM public.stores s WHERE s.document_id = store),
    ((day + 1)::timestamp) AT TIME ZONE 'UTC')
$$;

-- The business day of an instant on the clock of a store: `businessDayOf` of the kernel.
CREATE FUNCTION tessera.business_day_at(store text, at timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT ((at AT TIME ZONE s.time_zone) - s.day_cutoff::time::interval)::date FROM public.stores s WHERE s.document_id = store),
    (at AT TIME ZONE 'UTC')::date)
$$;

-- Net uses of a time card in the period of its terms that `day` belongs to. Uses that were given back do not count.
CREATE FUNCTION tessera.uses_in_period(lot tessera.card_lot, day date) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(-sum(m.uses + coalesce((SELECT sum(r.uses) FROM tessera.card_move r WHERE r.returns = m.id), 0)), 0)::bigint
  FROM tessera.card_move m WHERE m.lot_id = lot.id AND m.used_on >= tessera.first_day_of(coalesce(lot.uses_per, 'day'), day)
    AND tessera.first_day_of(coalesce(lot.uses_per, 'day'), m.used_on) = tessera.first_day_of(coalesce(lot.uses_per, 'day'), day)
$$;

-- Days of a time card that are over by the morning of `day`: `elapsedDays` in plugins/cards/src/domain. While the card is blocked they
-- stand still, as long as its terms let a freeze do so.
CREATE FUNCTION tessera.elapsed_days(lot tessera.card_lot, blocked_on date, day date) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN lot.started_on IS NULL THEN 0 ELSE least(lot.period_days, greatest(0,
    CASE WHEN blocked_on IS NULL OR blocked_on > day THEN day
      ELSE blocked_on + greatest(0, (day - blocked_on) - (lot.freeze_days - lot.frozen_days)) END - lot.started_on - lot.frozen_days)) END
$$;

-- What of a time card is to be recognised when so many of its days are over: telescoping, so every order of jobs ends at what was paid.
CREATE FUNCTION tessera.elapsed_part(lot tessera.card_lot, days int) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN lot.is_refunded THEN 0
    ELSE greatest(0, lot.principal - (lot.principal_sold - tessera.share_of(lot.principal_sold, days, lot.period_days))) END
$$;

-- Is today a day of the card that was used? Then it is over as far as a refund goes.
CREATE FUNCTION tessera.elapsed_by_refund(lot tessera.card_lot, blocked_on date, day date) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT tessera.elapsed_part(lot, least(lot.period_days, tessera.elapsed_days(lot, blocked_on, day) + CASE WHEN EXISTS (
    SELECT 1 FROM tessera.card_move m WHERE m.lot_id = lot.id AND m.used_on = day
      AND -m.uses > coalesce((SELECT sum(r.uses) FROM tessera.card_move r WHERE r.returns = m.id), 0)) THEN 1 ELSE 0 END))
$$;

-- Uses up to `wanted` times a card for a service: time cards first, which lose nothing by it, then sessions; each session takes its part of
-- what was paid for those that are left. The first use begins a period that waits for it. Returns how many.
DROP FUNCTION tessera.use_sessions(uuid, text, uuid, text, int, bigint, timestamptz);
CREATE FUNCTION tessera.use_sessions(journal uuid, member text, wanted_card uuid, service text, line int, wanted bigint, at timestamptz,
  store text, day date) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE taken bigint;
BEGIN
  WITH ordered AS (
    SELECT f.*, sum(f.free) OVER (ORDER BY f.kind <> 'time', f.valid_until NULLS LAST, f.id) - f.free AS before
    FROM (SELECT l.id, l.kind, l.principal, l.sessions, l.valid_until, l.started_on, l.period_days, CASE WHEN l.kind = 'sessions' THEN l.sessions
        WHEN l.uses_limit IS NULL THEN wanted ELSE greatest(0, l.uses_limit - tessera.uses_in_period(l, day)) END AS free
      FROM tessera.card c JOIN tessera.card_lot l ON l.card_id = c.id
      WHERE c.id = wanted_card AND c.status = 'active' AND service = ANY (l.service_ids) AND (l.valid_until IS NULL OR l.valid_until > at)
        AND (c.member_id = member OR (l.shared_with > 0 AND EXISTS (SELECT 1 FROM tessera.card_guest g WHERE g.card_id = c.id AND g.member_id = ANY (tessera.member_family(member)))))
        AND ((l.kind = 'sessions' AND l.sessions > 0) OR (l.kind = 'time' AND NOT l.is_refunded))) f
  ), cut AS (
    SELECT o.*, least(o.free, wanted - o.before)::bigint AS used FROM ordered o WHERE o.before < wanted AND o.free > 0
  ), parts AS MATERIALIZED (
    SELECT c.*, CASE WHEN c.kind = 'sessions' THEN c.principal - tessera.share_of(c.principal, c.sessions - c.used, c.sessions) ELSE 0 END AS moved,
      CASE WHEN c.kind = 'sessions' THEN c.used ELSE 0 END AS taken FROM cut c
  ), lowered AS (
    UPDATE tessera.card_lot l SET principal = l.principal - p.moved, sessions = l.sessions - p.taken,
      started_on = CASE WHEN p.kind = 'time' THEN coalesce(l.started_on, day) END,
      valid_until = CASE WHEN p.kind = 'time' AND l.started_on IS NULL THEN tessera.end_of_business_day(store, day + p.period_days - 1)
        ELSE l.valid_until END
    FROM parts p WHERE l.id = p.id
  ), moved AS (
    INSERT INTO tessera.card_move (journal_id, lot_id, kind, principal, bonus, sessions, line_no, uses, used_on)
    SELECT journal, p.id, 'used', -p.moved, 0, -p.taken, line, CASE WHEN p.kind = 'time' THEN -p.used ELSE 0 END,
      CASE WHEN p.kind = 'time' THEN day END FROM parts p ORDER BY p.before
  )
  SELECT coalesce(sum(p.used), 0) INTO taken FROM parts p;
  RETURN taken;
END $$;

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
END $$;

-- Takes off the cards that a sale sold what is refunded of them, after what has elapsed of their days. TV002: something was used since.
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
  IF (SELECT count(*) FROM tessera.card_move m WHERE m.journal_id = journal AND m.kind = 'refunded') <> jsonb_array_length(refund->'lots') THEN
    RAISE EXCEPTION 'a card that sale % sold has moved', refund->>'saleId' USING ERRCODE = 'TV002';
  END IF;
END $$;
DROP FUNCTION tessera.refund_lots(uuid, jsonb);

-- Gives sessions and uses back that paid for pieces of a line, sessions with what was paid for them.
CREATE OR REPLACE FUNCTION tessera.return_sessions(journal uuid, sale uuid, line int, wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE returned bigint;
BEGIN
  WITH used AS (
    SELECT m.id, m.lot_id, -m.principal AS principal, -m.sessions - m.uses AS sessions, m.uses < 0 AS is_time,
      coalesce(sum(r.principal), 0)::bigint AS principal_back, coalesce(sum(r.sessions + r.uses), 0)::bigint AS sessions_back
    FROM tessera.card_move m LEFT JOIN tessera.card_move r ON r.returns = m.id
    WHERE m.journal_id = sale AND m.kind = 'used' AND m.line_no = line GROUP BY m.id
  ), ordered AS (
    SELECT u.*, u.sessions - u.sessions_back AS out,
      sum(u.sessions - u.sessions_back) OVER (ORDER BY u.id DESC) - (u.sessions - u.sessions_back) AS before FROM used u
  ), cut AS (
    SELECT o.*, least(o.out, wanted - o.before)::bigint AS back FROM ordered o WHERE o.before < wanted AND o.out > 0
  ), parts AS MATERIALIZED (
    SELECT c.id, c.lot_id, c.back, c.is_time, c.principal - c.principal_back - tessera.share_of(c.principal, c.out - c.back, c.sessions) AS principal
    FROM cut c
  ), raised AS (
    UPDATE tessera.card_lot l SET principal = l.principal + p.principal, sessions = l.sessions + p.back
    FROM (SELECT lot_id, sum(back) AS back, sum(parts.principal) AS principal FROM parts WHERE NOT is_time GROUP BY lot_id) p WHERE l.id = p.lot_id
  ), moved AS (
    INSERT INTO tessera.card_move (journal_id, lot_id, kind, principal, bonus, sessions, line_no, returns, uses)
    SELECT journal, p.lot_id, 'returned', p.principal, 0, CASE WHEN p.is_time THEN 0 ELSE p.back END, line, p.id,
      CASE WHEN p.is_time THEN p.back ELSE 0 END FROM parts p ORDER BY p.id DESC
  )
  SELECT coalesce(sum(back), 0) INTO returned FROM parts;
  IF returned <> wanted THEN
    RAISE EXCEPTION 'line % of sale % used fewer than % sessions', line, sale, wanted USING ERRCODE = 'check_violation';
  END IF;
END $$;


-- What the moves of a journal mean in its books: what is on cards, and the accounts of the till against it. What sessions were sold for
-- becomes revenue when they are used, days when they are over. `against` is the till of a transaction, or the store whose days are over.
DROP FUNCTION tessera.card_postings(uuid, text, text);
CREATE FUNCTION tessera.card_postings(journal uuid, against text, against_id text, money text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (WITH moved AS (
    SELECT l.card_id::text AS card, l.sku, l.kind IN ('sessions', 'time') AS is_deferred,
      CASE l.kind WHEN 'time' THEN 'time-revenue' ELSE 'session-revenue' END AS revenue, m.kind IN ('sold', 'refunded') AS is_granted,
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


-- Moves the cards of the transactions that have any (`cards`: `CardsMove` in plugins/cards/src/domain/booking.ts) and returns the
-- transactions, their journals completed. Comes before the journals are posted: the cards are locked first, in the order of their
-- ids, then the accounts; what is taken from where is chosen under that lock.
-- TV001: less stored value than is paid with it. TV002: what was priced does not hold any more. TV003: a card cannot be used.
-- TV004: fewer sessions than are used.
CREATE OR REPLACE FUNCTION tessera.move_cards(transactions jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
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
    -- of others, who share them
    UNION SELECT (u.item->>'cardId')::uuid FROM jsonb_path_query(transactions, '$[*].cards.uses[*]') AS u (item)
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
      IF tessera.use_sessions(journal, move->>'memberId', part.card, part.item, part.line, part.quantity, at,
          moving->>'storeId', (moving->>'businessDay')::date) < part.quantity THEN
        RAISE EXCEPTION 'card % has fewer than % sessions', part.card, part.quantity USING ERRCODE = 'TV004';
      END IF;
    END LOOP;
    PERFORM tessera.fill_cards(moving);
    IF move ? 'refund' THEN
      PERFORM tessera.refund_lots(journal, move->'refund', (moving->>'businessDay')::date);
      IF (move->'refund'->>'value')::bigint > 0 THEN
        PERFORM tessera.return_value(journal, (move->'refund'->>'saleId')::uuid, (move->'refund'->>'value')::bigint);
      END IF;
      PERFORM tessera.return_sessions(journal, (move->'refund'->>'saleId')::uuid, s."lineNo", s.quantity)
        FROM jsonb_to_recordset(move->'refund'->'sessions') AS s ("lineNo" int, quantity bigint);
    END IF;
    transactions := jsonb_set(transactions, ARRAY[place::text, 'journal', 'postings'],
      (moving->'journal'->'postings') || tessera.card_postings(journal, 'till', moving->>'tillId', moving->>'currency'));
  END LOOP;
  RETURN transactions;
END $$;


-- 0001 says what it answers: uses of a time card stand among the sessions, nothing counted left. A card that was replaced since bears the number that it had then.
CREATE OR REPLACE FUNCTION tessera.cards_of(transaction uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_agg(jsonb_build_object('cardId', c.id, 'isNew', c.opened_by = transaction,
      'number', coalesce((SELECT a.old_number FROM tessera.card_act a WHERE a.card_id = c.id AND a.kind = 'replace' AND a.after_move >= e.last_move
        ORDER BY a.id LIMIT 1), c.number),
      'principal', e.principal, 'bonus', e.bonus,
      'left', CASE WHEN e.has_value THEN (SELECT sum(m.principal + m.bonus) FROM tessera.card_lot l JOIN tessera.card_move m ON m.lot_id = l.id
        WHERE l.card_id = c.id AND l.kind = 'stored-value' AND m.id <= e.last_move) END,
      'sessions', coalesce((SELECT jsonb_agg(jsonb_build_object('sku', s.sku, 'nameZh', s.name_zh, 'nameEn', s.name_en, 'moved', s.moved,
          'left', CASE WHEN s.is_time THEN NULL ELSE (SELECT sum(m.sessions) FROM tessera.card_lot l JOIN tessera.card_move m ON m.lot_id = l.id
            WHERE l.card_id = c.id AND l.sku = s.sku AND m.id <= e.last_move) END) ORDER BY s.sku)
        FROM (SELECT l.sku, max(l.name_zh) AS name_zh, max(l.name_en) AS name_en, sum(m.sessions + m.uses) AS moved, bool_or(l.kind = 'time') AS is_time
          FROM tessera.card_move m JOIN tessera.card_lot l ON l.id = m.lot_id
          WHERE m.journal_id = transaction AND l.card_id = c.id AND l.kind IN ('sessions', 'time')
          GROUP BY l.sku HAVING sum(m.sessions + m.uses) <> 0) s), '[]'))
      ORDER BY c.opened_at, c.id)
    FROM (SELECT l.card_id, bool_or(l.kind = 'stored-value') AS has_value, max(m.id) AS last_move,
        coalesce(sum(m.principal) FILTER (WHERE l.kind = 'stored-value'), 0) AS principal, sum(m.bonus) AS bonus
      FROM tessera.card_move m JOIN tessera.card_lot l ON l.id = m.lot_id WHERE m.journal_id = transaction GROUP BY l.card_id) e
    JOIN tessera.card c ON c.id = e.card_id);
END $$;

-- What a refund of a sale depends on: what is left of the lots that it sold, and which lines sessions paid for. Null: it moved no cards.
-- Of a time card: what is left when the days that are over by now are taken off.
CREATE OR REPLACE FUNCTION tessera.cards_of_refund(sale uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM tessera.card_move m WHERE m.journal_id = sale) THEN
    RETURN NULL;
  END IF;
  RETURN jsonb_build_object(
    'lots', coalesce((SELECT jsonb_agg(jsonb_build_object('lineNo', e.line_no, 'part', e.part_no, 'principal', e.principal - e.elapsed,
      'bonus', e.bonus, 'sessions', e.sessions, 'isRefundable', e.refund_terms = 'unelapsed' OR e.principal - e.elapsed = e.principal_sold)
      ORDER BY e.line_no, e.part_no)
      FROM (SELECT l.*, CASE WHEN l.kind = 'time' THEN tessera.elapsed_by_refund(l, c.blocked_on, tessera.business_day_at(c.store_id, now()))
        ELSE 0 END AS elapsed FROM tessera.card_lot l JOIN tessera.card c ON c.id = l.card_id WHERE l.transaction_id = sale) e), '[]'),
    'sessions', coalesce((SELECT jsonb_agg(jsonb_build_object('lineNo', u.line_no, 'quantity', u.quantity) ORDER BY u.line_no)
      FROM (SELECT m.line_no, -sum(m.sessions + m.uses) AS quantity FROM tessera.card_move m WHERE m.journal_id = sale AND m.kind = 'used'
        GROUP BY m.line_no) u), '[]'));
END $$;

-- 0001 and 0003 say what it answers. Besides: the parts of packages, the terms of time cards with their uses in this month and the last days,
-- and the time cards that others share with the member.
CREATE OR REPLACE FUNCTION tessera.cards_facts(skus text[], member text, at timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN jsonb_build_object(
    'plans', coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.document_id, 'sku', p.sku, 'nameZh', p.name_zh, 'nameEn', p.name_en,
        'kind', p.kind, 'unitPrice', p.unit_price, 'bonus', p.bonus, 'spendOrder', p.spend_order, 'bonusEarnsPoints', p.bonus_earns_points,
        'sessionCount', coalesce(p.session_count, 0), 'validityDays', p.validity_days, 'isForSale', p.active AND NOT p.archived,
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


-- Moves what was paid for days that are over from the cards of a store to its revenue: { journal, storeId, currency, day, at, size }. The cards are
-- locked first, in the order of their ids; what is recognised is gone from the lots, so it may run late, twice or on two nodes at once.
-- Cards that are in use at this moment are left for the next run. Returns { lots, amount }.
CREATE FUNCTION tessera.recognise_time(request jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  journal uuid := (request->>'journal')::uuid;
  store text := request->>'storeId';
  day date := (request->>'day')::date;
  cards uuid[];
  done jsonb;
BEGIN
  SELECT array_agg(k.id) INTO cards FROM (SELECT c.id FROM tessera.card c
    WHERE c.store_id = store AND c.currency = request->>'currency' AND EXISTS (SELECT 1 FROM tessera.card_lot l
      WHERE l.card_id = c.id AND l.kind = 'time' AND l.principal > 0 AND tessera.elapsed_part(l, tessera.elapsed_days(l, c.blocked_on, day)) > 0)
    ORDER BY c.id LIMIT (request->>'size')::int FOR UPDATE SKIP LOCKED) k;
  -- a statement of its own: it sees what was committed before the cards were locked
  WITH due AS MATERIALIZED (
    SELECT l.id, tessera.elapsed_part(l, tessera.elapsed_days(l, c.blocked_on, day)) AS amount
    FROM tessera.card c JOIN tessera.card_lot l ON l.card_id = c.id AND l.kind = 'time' AND l.principal > 0 WHERE c.id = ANY (cards)
  ), lowered AS (
    UPDATE tessera.card_lot l SET principal = l.principal - d.amount FROM due d WHERE l.id = d.id AND d.amount > 0
  ), moved AS (
    INSERT INTO tessera.card_move (journal_id, lot_id, kind, principal, bonus, sessions)
    SELECT journal, d.id, 'elapsed', -d.amount, 0, 0 FROM due d WHERE d.amount > 0 ORDER BY d.id
  )
  SELECT jsonb_build_object('lots', count(*), 'amount', coalesce(sum(d.amount), 0)) INTO done FROM due d WHERE d.amount > 0;
  IF (done->>'lots')::int > 0 THEN
    PERFORM tessera.post_journals(jsonb_build_array(jsonb_build_object('id', journal, 'kind', 'card-days', 'storeId', store, 'businessDay', day,
      'occurredAt', request->>'at', 'staffId', NULL, 'subjectType', 'store', 'subjectId', store,
      'postings', tessera.card_postings(journal, 'store', store, request->>'currency'))));
  END IF;
  RETURN done;
END $$;

-- 0003 says what it takes. Besides: a lot's `periodDays` and `frozenDays`, and `next.guests`, the members who may use it beside its owner: { key, requestHash, response, cardId, known: { status, memberId, number }, next: { status, memberId, number,
-- blockedOn }, lots: [{ id, known, validUntil }], act: { kind, occurredAt, staffId, staffName, reason, details }, audit }.
-- TV005: the card is not any more as it was when the act was decided. TM001: whoever gets it was merged into another member, or forgotten.
CREATE OR REPLACE FUNCTION tessera.care_for_card(request jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid := (request->>'cardId')::uuid;
  known jsonb := request->'known';
  next jsonb := request->'next';
  act jsonb := request->'act';
  found tessera.card;
  answered jsonb;
  moved int;
BEGIN
  answered := tessera.claim_key((request->>'key')::uuid, request->>'requestHash', request->'response');
  IF answered IS NOT NULL THEN
    RETURN jsonb_build_object('answered', answered);
  END IF;
  -- a merge of the one or the other waits, or has been waited for; it takes members before cards, too
  PERFORM tessera.hold_members(ARRAY[known->>'memberId', next->>'memberId']);
  SELECT * INTO found FROM tessera.card c WHERE c.id = wanted FOR UPDATE;
  UPDATE tessera.card_lot l SET valid_until = w."validUntil", period_days = coalesce(w."periodDays", l.period_days), frozen_days = coalesce(w."frozenDays", l.frozen_days)
    FROM jsonb_to_recordset(request->'lots') AS w (id bigint, known timestamptz, "validUntil" timestamptz, "periodDays" int, "frozenDays" int)
    WHERE l.id = w.id AND l.card_id = wanted AND l.valid_until IS NOT DISTINCT FROM w.known;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF (found.status, found.member_id, found.number) IS DISTINCT FROM (known->>'status', known->>'memberId', known->>'number')
    OR (SELECT coalesce(jsonb_agg(g.member_id ORDER BY g.member_id), '[]') FROM tessera.card_guest g WHERE g.card_id = wanted) <> known->'guests'
    OR moved <> jsonb_array_length(request->'lots') THEN
    RAISE EXCEPTION 'card % has changed', wanted USING ERRCODE = 'TV005';
  END IF;
  UPDATE tessera.card SET status = next->>'status', member_id = next->>'memberId', number = next->>'number',
    blocked_on = (next->>'blockedOn')::date WHERE id = wanted;
  DELETE FROM tessera.card_guest WHERE card_id = wanted AND NOT next->'guests' ? member_id;
  INSERT INTO tessera.card_guest (card_id, member_id) SELECT wanted, g.id FROM jsonb_array_elements_text(next->'guests') AS g (id)
    ON CONFLICT DO NOTHING;
  INSERT INTO tessera.card_act (card_id, kind, occurred_at, staff_id, staff_name, reason, details, after_move, old_number, from_member, to_member)
  SELECT wanted, act->>'kind', (act->>'occurredAt')::timestamptz, (act->>'staffId')::bigint, act->>'staffName', act->>'reason', act->'details',
    coalesce((SELECT max(m.id) FROM tessera.card_lot l JOIN tessera.card_move m ON m.lot_id = l.id WHERE l.card_id = wanted), 0),
    CASE WHEN act->>'kind' = 'replace' THEN found.number END,
    CASE WHEN act->>'kind' = 'transfer' THEN found.member_id END, act->>'toMember';
  PERFORM tessera.record_audit(request->'audit');
  RETURN '{}'::jsonb;
END $$;

