-- Why: what members top up counts towards their tier on the day of the sale; taken back, it counts as never topped up (ADR 18).
-- check before: EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'tessera.member_day'::regclass AND attname = 'topped_up')
-- check before: EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'tessera.card_lot'::regclass AND attname = 'part_no')
-- check after: (SELECT pg_get_functiondef('tessera.rebuild_member_days()'::regprocedure)) LIKE '%topped_up%'
-- check after: NOT EXISTS (SELECT FROM tessera.member_day d FULL JOIN tessera.member_day_as_booked b USING (member_id, business_day, currency) WHERE d.topped_up IS DISTINCT FROM b.topped_up)

-- As in 0008; besides: what stored value was sold for, by the lots that it put on cards. A refund counts by its pieces, at the price they had.
CREATE OR REPLACE VIEW tessera.member_day_as_booked AS
  WITH by_card AS (
    SELECT l.transaction_id, sum(CASE WHEN l.kind = 'card-plan' THEN l.amount ELSE s.taken END)::bigint AS amount
    FROM tessera.transaction_line l CROSS JOIN LATERAL (SELECT coalesce(sum((a->>'amount')::bigint), 0) AS taken
      FROM jsonb_path_query(l.adjustments, '$[*] ? (@.source == "session")') a) s
    WHERE l.kind = 'card-plan' OR l.adjustments @? '$[*] ? (@.source == "session")' GROUP BY 1
  ), topped_up AS (
    SELECT l.transaction_id, sum(l.list_amount)::bigint AS amount
    FROM tessera.transaction_line l JOIN tessera.transaction t ON t.id = l.transaction_id
    WHERE l.kind = 'card-plan' AND EXISTS (SELECT FROM tessera.card_lot c WHERE c.transaction_id = coalesce(t.refunds_transaction_id, t.id)
      AND c.line_no = l.line_no AND c.kind = 'stored-value') GROUP BY 1
  )
  SELECT t.member_id, coalesce(o.business_day, t.business_day) AS business_day, t.currency,
    sum(t.payable - coalesce(c.amount, 0))::bigint AS spend, coalesce(sum(b.earned), 0)::bigint AS points,
    coalesce(sum(u.amount), 0)::bigint AS topped_up
  FROM tessera.transaction t LEFT JOIN tessera.transaction o ON o.id = t.refunds_transaction_id
    LEFT JOIN tessera.point_booking b ON b.journal_id = t.id LEFT JOIN by_card c ON c.transaction_id = t.id
    LEFT JOIN topped_up u ON u.transaction_id = t.id
  WHERE t.member_id IS NOT NULL AND coalesce(o.kind, t.kind) = 'sale' GROUP BY 1, 2, 3;

CREATE OR REPLACE FUNCTION tessera.rebuild_member_days() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  LOCK TABLE tessera.transaction IN SHARE MODE;
  DELETE FROM tessera.member_day;
  INSERT INTO tessera.member_day (member_id, business_day, currency, spend, points, topped_up)
  SELECT member_id, business_day, currency, spend, points, topped_up FROM tessera.member_day_as_booked;
END $$;
SELECT tessera.rebuild_member_days();
