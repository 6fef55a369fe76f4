-- Why: a refund of stored value counts for other things than one of sessions, so it has to know which it is (ADR 18).
-- check before: to_regprocedure('tessera.cards_of_refund(uuid)') IS NOT NULL
-- check after: pg_get_functiondef('tessera.cards_of_refund(uuid)'::regprocedure) LIKE '%e.kind%'

-- As in 0004; besides: the kind of each lot.
CREATE OR REPLACE FUNCTION tessera.cards_of_refund(sale uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM tessera.card_move m WHERE m.journal_id = sale) THEN
    RETURN NULL;
  END IF;
  RETURN jsonb_build_object(
    'lots', coalesce((SELECT jsonb_agg(jsonb_build_object('lineNo', e.line_no, 'part', e.part_no, 'kind', e.kind, 'principal', e.principal - e.elapsed,
      'bonus', e.bonus, 'sessions', e.sessions, 'isRefundable', e.refund_terms = 'unelapsed' OR e.principal - e.elapsed = e.principal_sold)
      ORDER BY e.line_no, e.part_no)
      FROM (SELECT l.*, CASE WHEN l.kind = 'time' THEN tessera.elapsed_by_refund(l, c.blocked_on, tessera.business_day_at(c.store_id, now()))
        ELSE 0 END AS elapsed FROM tessera.card_lot l JOIN tessera.card c ON c.id = l.card_id WHERE l.transaction_id = sale) e), '[]'),
    'sessions', coalesce((SELECT jsonb_agg(jsonb_build_object('lineNo', u.line_no, 'quantity', u.quantity) ORDER BY u.line_no)
      FROM (SELECT m.line_no, -sum(m.sessions + m.uses) AS quantity FROM tessera.card_move m WHERE m.journal_id = sale AND m.kind = 'used'
        GROUP BY m.line_no) u), '[]'));
END $$;
