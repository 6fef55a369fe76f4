-- Why: whoever refunds a sale has to know that a card of it is somebody else's by now: the money goes to the buyer, and value goes back on the card (ADR 10).
-- check before: to_regclass('tessera.card_act') IS NOT NULL AND to_regprocedure('tessera.member_now(text)') IS NOT NULL
-- check after: to_regprocedure('tessera.cards_handed_on(uuid,text)') IS NOT NULL

-- Cards that a sale put something on or took something from, and that were handed on since by whoever bought there:
-- [{ number, memberNo, lineNos, isPaidFrom }]; `lineNos` of what it put on them.
CREATE FUNCTION tessera.cards_handed_on(sale uuid, buyer text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE buyer_now text := tessera.member_now(buyer);
BEGIN
  RETURN coalesce((SELECT jsonb_agg(jsonb_build_object('number', c.number, 'memberNo', h.member_no, 'lineNos', e.line_nos,
      'isPaidFrom', e.is_paid_from) ORDER BY c.opened_at, c.id)
    FROM (SELECT l.card_id, max(m.id) AS last_move, coalesce(jsonb_agg(DISTINCT l.line_no) FILTER (WHERE m.kind = 'sold'), '[]') AS line_nos,
        bool_or(m.kind IN ('spent', 'used')) AS is_paid_from
      FROM tessera.card_move m JOIN tessera.card_lot l ON l.id = m.lot_id WHERE m.journal_id = sale GROUP BY l.card_id) e
    JOIN tessera.card c ON c.id = e.card_id JOIN public.members h ON h.document_id = c.member_id
    WHERE c.member_id <> buyer_now
      AND EXISTS (SELECT FROM tessera.card_act a WHERE a.card_id = c.id AND a.kind = 'transfer' AND a.after_move >= e.last_move)), '[]');
END $$;
