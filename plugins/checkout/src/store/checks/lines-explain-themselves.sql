-- Proves: the price of every line is its list price and its adjustments
SELECT t.number || ' line ' || l.line_no AS offender, 'explained ' || l.list_amount + coalesce(a.total, 0) || ', booked ' || l.amount AS found
FROM tessera.transaction_line l JOIN tessera.transaction t ON t.id = l.transaction_id
CROSS JOIN LATERAL (SELECT sum((e->>'amount')::bigint) AS total FROM jsonb_array_elements(l.adjustments) AS e) a
WHERE l.amount <> l.list_amount + coalesce(a.total, 0) ORDER BY 1
