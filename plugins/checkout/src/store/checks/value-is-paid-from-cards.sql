-- Proves: what every transaction was paid with stored value came off cards, and what it refunded so is on cards: returned, or as store credit
WITH paid AS (
  SELECT transaction_id AS id, sum(amount) AS amount FROM tessera.payment WHERE method = 'stored-value' GROUP BY transaction_id
), moved AS (
  SELECT m.journal_id AS id, -sum(m.principal + m.bonus) AS amount FROM tessera.card_move m JOIN tessera.card_lot l ON l.id = m.lot_id
  WHERE l.kind = 'stored-value' AND (m.kind IN ('spent', 'returned') OR (m.kind = 'sold' AND l.line_no = 0)) GROUP BY m.journal_id
)
SELECT 'transaction ' || coalesce(p.id, m.id) AS offender, 'paid ' || coalesce(p.amount, 0) || ', off cards ' || coalesce(m.amount, 0) AS found
FROM paid p FULL JOIN moved m USING (id) WHERE coalesce(p.amount, 0) <> coalesce(m.amount, 0) ORDER BY 1
