-- Proves: no more was taken back of a sale than was sold and paid, and the whole of it is exactly the sale, less what of its cards was used
WITH back AS (
  SELECT t.refunds_transaction_id AS id, sum(t.paid) AS paid, sum(t.payable) AS payable FROM tessera.transaction t
  WHERE t.refunds_transaction_id IS NOT NULL GROUP BY 1
), pieces AS (
  SELECT t.refunds_transaction_id AS id, l.line_no, sum(l.quantity) AS quantity FROM tessera.transaction t
  JOIN tessera.transaction_line l ON l.transaction_id = t.id WHERE t.refunds_transaction_id IS NOT NULL GROUP BY 1, 2
), used AS (
  SELECT t.refunds_transaction_id AS id, sum((a->>'amount')::bigint) AS amount FROM tessera.transaction t
  JOIN tessera.transaction_line l ON l.transaction_id = t.id AND l.kind = 'card-plan', jsonb_array_elements(l.adjustments) AS a
  WHERE t.refunds_transaction_id IS NOT NULL AND a->>'source' = 'card-value' GROUP BY 1
), sides AS (
  SELECT s.id, s.number, s.kind, s.paid + b.paid AS paid_left, s.payable + b.payable AS payable_left, coalesce(u.amount, 0) AS used,
    min(l.quantity + coalesce(p.quantity, 0)) AS least_left, sum(l.quantity + coalesce(p.quantity, 0)) AS pieces_left
  FROM back b JOIN tessera.transaction s ON s.id = b.id JOIN tessera.transaction_line l ON l.transaction_id = s.id
  LEFT JOIN used u ON u.id = b.id
  LEFT JOIN pieces p ON p.id = l.transaction_id AND p.line_no = l.line_no
  GROUP BY s.id, s.number, s.kind, s.paid, b.paid, s.payable, b.payable, u.amount
)
SELECT number AS offender, pieces_left || ' pieces and ' || paid_left || ' left' AS found FROM sides
WHERE kind <> 'sale' OR paid_left < 0 OR payable_left < 0 OR least_left < 0
  OR (pieces_left = 0 AND (paid_left <> used OR payable_left <> used)) ORDER BY 1
