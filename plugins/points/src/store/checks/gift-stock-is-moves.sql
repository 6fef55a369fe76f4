-- Proves: what a store has of a gift is what came in less what went out, and every piece given or taken back moved it once
SELECT 'gift ' || coalesce(m.gift_id, a.unit) || ' in store ' || coalesce(m.store_id, a.owner_id) AS offender,
  'moves ' || coalesce(m.pieces, 0) || ', stock ' || coalesce(a.balance, 0) AS found
FROM (SELECT gift_id, store_id, sum(quantity) AS pieces FROM tessera.gift_stock_move GROUP BY gift_id, store_id) m
FULL JOIN (SELECT owner_id, unit, balance FROM tessera.account WHERE owner_type = 'store' AND account = 'gift-stock') a
  ON a.unit = m.gift_id AND a.owner_id = m.store_id
WHERE coalesce(m.pieces, 0) <> coalesce(a.balance, 0) OR coalesce(a.balance, 0) < 0
UNION ALL
SELECT 'move ' || coalesce(m.journal_id, h.id), 'moved ' || coalesce(m.quantity, 0) || ', booked ' || coalesce(h.quantity, 0)
FROM (SELECT * FROM tessera.gift_stock_move WHERE kind IN ('given', 'returned')) m
FULL JOIN (SELECT h.id, h.gift_id, h.store_id, -1 AS quantity FROM tessera.gift_handout h WHERE h.is_counted
  UNION ALL SELECT r.id, h.gift_id, h.store_id, 1 FROM tessera.gift_return r JOIN tessera.gift_handout h ON h.id = r.handout_id WHERE h.is_counted) h
  ON h.id = m.journal_id
WHERE (m.gift_id, m.store_id, m.quantity) IS DISTINCT FROM (h.gift_id, h.store_id, h.quantity) ORDER BY 1
