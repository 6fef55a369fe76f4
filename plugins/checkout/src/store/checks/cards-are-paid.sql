-- Proves: what every line that sold a card cost is what it put on the card, and what a refund of it paid is what it took off
WITH lines AS (
  SELECT t.id, l.line_no, l.amount, t.refunds_transaction_id FROM tessera.transaction_line l JOIN tessera.transaction t ON t.id = l.transaction_id
  WHERE l.kind = 'card-plan'
), moved AS (
  SELECT m.journal_id AS id, l.line_no, sum(m.principal) AS amount FROM tessera.card_move m JOIN tessera.card_lot l ON l.id = m.lot_id
  -- line 0 is store credit
  WHERE m.kind IN ('sold', 'refunded') AND l.line_no > 0 GROUP BY m.journal_id, l.line_no
)
SELECT 'transaction ' || coalesce(l.id, m.id) || ' line ' || coalesce(l.line_no, m.line_no) AS offender,
  'cost ' || coalesce(l.amount, 0) || ', on the card ' || coalesce(m.amount, 0) AS found
FROM lines l FULL JOIN moved m ON m.id = l.id AND m.line_no = l.line_no
WHERE coalesce(l.amount, 0) <> coalesce(m.amount, 0) ORDER BY 1
