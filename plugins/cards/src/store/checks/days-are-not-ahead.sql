-- Proves: what of a time card became revenue is no more than its days that have begun, and with what was paid back it is no more than was paid
SELECT 'lot ' || l.id AS offender, 'revenue ' || m.elapsed || ', days begun ' || d.begun || ' of ' || l.period_days AS found
FROM tessera.card_lot l JOIN tessera.card c ON c.id = l.card_id
CROSS JOIN LATERAL (SELECT coalesce(-sum(m.principal) FILTER (WHERE m.kind = 'elapsed'), 0) AS elapsed,
  coalesce(-sum(m.principal) FILTER (WHERE m.kind = 'refunded'), 0) AS refunded FROM tessera.card_move m WHERE m.lot_id = l.id) m
CROSS JOIN LATERAL (SELECT least(l.period_days, 1 + tessera.elapsed_days(l, c.blocked_on, tessera.business_day_at(c.store_id, now()))) AS begun) d
WHERE l.kind = 'time' AND (m.elapsed + m.refunded > l.principal_sold
  -- an extension spreads what is left over more days: what was recognised before stays
  OR (m.elapsed > tessera.share_of(l.principal_sold, d.begun, l.period_days)
    AND NOT EXISTS (SELECT 1 FROM tessera.card_act a WHERE a.card_id = l.card_id AND a.kind = 'extend')))
ORDER BY l.id
