-- Why: a card that is lost, lent or given away has to be stopped, replaced, prolonged and handed on, with a trail that nobody can change (ADR 10).
-- check before: to_regprocedure('tessera.move_cards(jsonb)') IS NOT NULL AND to_regprocedure('tessera.claim_key(uuid,text,jsonb)') IS NOT NULL
-- check after: to_regprocedure('tessera.care_for_card(jsonb)') IS NOT NULL
-- check after: pg_get_functiondef('tessera.cards_facts(text[],text,timestamptz)'::regprocedure) LIKE '%blocked%'
-- check after: pg_get_functiondef('tessera.cards_of(uuid)'::regprocedure) LIKE '%old_number%'

-- The business day on which it stopped being active: days it could not be used are counted from there.
ALTER TABLE tessera.card ADD COLUMN blocked_on date;
ALTER TABLE tessera.card ADD CHECK (status NOT IN ('frozen', 'lost') OR blocked_on IS NOT NULL);

-- What people did with a card, beside selling and using it. `details`: `CardActDetails` in plugins/cards/src/domain/care.ts.
CREATE TABLE tessera.card_act (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  card_id uuid NOT NULL REFERENCES tessera.card (id),
  kind text NOT NULL CHECK (kind IN ('freeze', 'unfreeze', 'report-lost', 'replace', 'extend', 'transfer', 'share', 'unshare')),
  occurred_at timestamptz NOT NULL,
  staff_id bigint NOT NULL,
  staff_name text NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  details jsonb NOT NULL,
  -- the last movement of the card before it: what came later bears the new number
  after_move bigint NOT NULL,
  -- of a replaced card
  old_number text UNIQUE,
  -- of a card that was handed on; with whom it is shared
  from_member text,
  to_member text,
  CHECK ((kind = 'replace') = (old_number IS NOT NULL)),
  CHECK ((kind = 'transfer') = (from_member IS NOT NULL)),
  CHECK ((kind IN ('transfer', 'share', 'unshare')) = (to_member IS NOT NULL))
);
CREATE INDEX card_act_by_card ON tessera.card_act (card_id);
CREATE INDEX card_act_by_giver ON tessera.card_act (from_member) WHERE from_member IS NOT NULL;
SELECT tessera.keep_as_history('tessera.card_act');

-- One act upon one card: { key, requestHash, response, cardId, known: { status, memberId, number }, next: { status, memberId, number,
-- blockedOn }, lots: [{ id, known, validUntil }], act: { kind, occurredAt, staffId, staffName, reason, details }, audit }.
-- TV005: the card is not any more as it was when the act was decided.
CREATE FUNCTION tessera.care_for_card(request jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
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
  SELECT * INTO found FROM tessera.card c WHERE c.id = wanted FOR UPDATE;
  UPDATE tessera.card_lot l SET valid_until = w."validUntil"
    FROM jsonb_to_recordset(request->'lots') AS w (id bigint, known timestamptz, "validUntil" timestamptz)
    WHERE l.id = w.id AND l.card_id = wanted AND l.valid_until IS NOT DISTINCT FROM w.known;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF (found.status, found.member_id, found.number) IS DISTINCT FROM (known->>'status', known->>'memberId', known->>'number')
    OR moved <> jsonb_array_length(request->'lots') THEN
    RAISE EXCEPTION 'card % has changed', wanted USING ERRCODE = 'TV005';
  END IF;
  UPDATE tessera.card SET status = next->>'status', member_id = next->>'memberId', number = next->>'number',
    blocked_on = (next->>'blockedOn')::date WHERE id = wanted;
  INSERT INTO tessera.card_act (card_id, kind, occurred_at, staff_id, staff_name, reason, details, after_move, old_number, from_member, to_member)
  SELECT wanted, act->>'kind', (act->>'occurredAt')::timestamptz, (act->>'staffId')::bigint, act->>'staffName', act->>'reason', act->'details',
    coalesce((SELECT max(m.id) FROM tessera.card_lot l JOIN tessera.card_move m ON m.lot_id = l.id WHERE l.card_id = wanted), 0),
    CASE WHEN act->>'kind' = 'replace' THEN found.number END,
    CASE WHEN act->>'kind' = 'transfer' THEN found.member_id END, CASE WHEN act->>'kind' = 'transfer' THEN next->>'memberId' END;
  PERFORM tessera.record_audit(request->'audit');
  RETURN '{}'::jsonb;
END $$;

-- 0001 says what it answers. Besides: `blocked`, the cards of the member that cannot be used, and what is on them.
CREATE OR REPLACE FUNCTION tessera.cards_facts(skus text[], member text, at timestamptz) RETURNS jsonb
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
      FROM tessera.card c WHERE c.member_id = member AND c.status = 'active'), '[]'),
    'blocked', coalesce((SELECT jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'currency', c.currency, 'status', c.status,
        'value', coalesce((SELECT sum(l.principal + l.bonus) FROM tessera.card_lot l WHERE l.card_id = c.id AND l.kind = 'stored-value'
          AND (l.valid_until IS NULL OR l.valid_until > at)), 0)) ORDER BY c.opened_at, c.id)
      FROM tessera.card c WHERE c.member_id = member AND c.status <> 'active'), '[]'));
END $$;

-- 0001 says what it answers. A card that was replaced since bears the number that it had then.
CREATE OR REPLACE FUNCTION tessera.cards_of(transaction uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_agg(jsonb_build_object('cardId', c.id, 'isNew', c.opened_by = transaction,
      'number', coalesce((SELECT a.old_number FROM tessera.card_act a WHERE a.card_id = c.id AND a.kind = 'replace' AND a.after_move >= e.last_move
        ORDER BY a.id LIMIT 1), c.number),
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
