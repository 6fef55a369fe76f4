-- Why: money of a refund may go on a card of the member instead of out (store credit); checkout has to know on which one (ADR 6).
-- check before: to_regprocedure('tessera.member_now(text)') IS NOT NULL AND to_regclass('tessera.card') IS NOT NULL
-- check after: to_regprocedure('tessera.card_to_credit(text,text)') IS NOT NULL

-- Whose card it is today, and the one he has had longest; { memberId, cardId: null } when he has none that is active.
CREATE FUNCTION tessera.card_to_credit(member text, money text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE holder text := tessera.member_now(member);
BEGIN
  RETURN jsonb_build_object('memberId', holder, 'cardId', (SELECT c.id FROM tessera.card c
    WHERE c.member_id = holder AND c.status = 'active' AND c.currency = money ORDER BY c.opened_at, c.id LIMIT 1));
END $$;
