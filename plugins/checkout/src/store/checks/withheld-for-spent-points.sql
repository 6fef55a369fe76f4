-- Proves: money was withheld for spent points only by refunds that did not take these points back, and never more than they were worth
WITH withheld AS (
  SELECT transaction_id AS id, -sum(amount) AS amount FROM tessera.payment WHERE method = 'spent-points' GROUP BY transaction_id
), per_sale AS (
  SELECT b.refunds_journal_id AS id, sum(b.paid_for) AS points, sum(coalesce(w.amount, 0)) AS amount FROM tessera.point_booking b
  LEFT JOIN withheld w ON w.id = b.journal_id WHERE b.refunds_journal_id IS NOT NULL GROUP BY b.refunds_journal_id
)
SELECT 'sale ' || t.number AS offender, 'withheld ' || p.amount || ' for ' || p.points || ' points' AS found
FROM per_sale p JOIN tessera.point_booking b ON b.journal_id = p.id JOIN tessera.transaction t ON t.id = p.id
WHERE p.amount > p.points * (b.terms->>'redeemValue')::bigint / nullif((b.terms->>'redeemPoints')::bigint, 0)
UNION ALL
SELECT 'refund ' || t.number, 'withheld ' || w.amount || ' and no points' FROM withheld w JOIN tessera.transaction t ON t.id = w.id
WHERE NOT EXISTS (SELECT FROM tessera.point_booking b WHERE b.journal_id = w.id AND b.paid_for > 0) ORDER BY 1
