-- Proves: what paid for exchanged goods came back in the same exchange, by the same tender
WITH carried AS (
  SELECT r.transaction_id AS refund_id, o.number AS original, s.number, p.method, sum(p.amount) AS amount
  FROM tessera.refund r JOIN tessera.transaction b ON b.id = r.transaction_id
  JOIN tessera.transaction o ON o.id = b.refunds_transaction_id JOIN tessera.transaction s ON s.id = r.exchanged_for
  JOIN tessera.payment p ON p.transaction_id = s.id AND p.reference = o.number GROUP BY 1, 2, 3, 4
)
SELECT c.number || ' ' || c.method AS offender,
  'carries ' || c.amount || ' of ' || c.original || ', back came ' || coalesce(-sum(p.amount), 0) AS found
FROM carried c LEFT JOIN tessera.payment p ON p.transaction_id = c.refund_id AND p.method = c.method
GROUP BY c.number, c.method, c.amount, c.original HAVING c.amount > coalesce(-sum(p.amount), 0) OR c.method = 'stored-value'
