-- Why: a sale that was taken back in full, or that only sold cards, used up the welcome of a first purchase (ADR 7).
-- check before: to_regclass('tessera.transaction_by_refunded') IS NOT NULL AND to_regprocedure('tessera.member_family(text)') IS NOT NULL
-- check after: to_regprocedure('tessera.has_purchased(text[])') IS NOT NULL

-- Did one of these members keep a piece of anything that is no card?
CREATE FUNCTION tessera.has_purchased(members text[]) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM tessera.transaction t WHERE t.member_id = ANY (members) AND t.kind = 'sale'
    AND coalesce((SELECT sum(l.quantity) FROM tessera.transaction_line l WHERE l.transaction_id = t.id AND l.kind <> 'card-plan'), 0)
      + coalesce((SELECT sum(l.quantity) FROM tessera.transaction r JOIN tessera.transaction_line l ON l.transaction_id = r.id
        WHERE r.refunds_transaction_id = t.id AND l.kind <> 'card-plan'), 0) > 0);
END $$;
