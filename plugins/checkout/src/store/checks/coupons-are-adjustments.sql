-- Proves: what coupons took off a sale stands on its lines, and nothing else does
WITH uses AS (
  SELECT u.transaction_id, t.terms->>'code' AS code, sum(u.amount) AS amount FROM tessera.coupon_use u
  JOIN tessera.coupon c ON c.id = u.coupon_id JOIN tessera.coupon_terms t ON t.id = c.terms_id GROUP BY 1, 2
), taken AS (
  SELECT l.transaction_id, a->>'code' AS code, -sum((a->>'amount')::bigint) AS amount FROM tessera.transaction_line l
  JOIN tessera.transaction s ON s.id = l.transaction_id AND s.kind = 'sale', jsonb_array_elements(l.adjustments) AS a
  WHERE l.adjustments @> '[{"source": "coupon"}]' AND a->>'source' = 'coupon' GROUP BY 1, 2
)
SELECT coalesce(s.number, transaction_id::text) || ' ' || code AS offender,
  'coupons ' || coalesce(u.amount, 0) || ', lines ' || coalesce(k.amount, 0) AS found
FROM uses u FULL JOIN taken k USING (transaction_id, code) LEFT JOIN tessera.transaction s ON s.id = transaction_id
WHERE u.amount IS DISTINCT FROM k.amount ORDER BY 1
