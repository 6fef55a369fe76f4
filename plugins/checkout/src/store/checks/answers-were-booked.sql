-- Proves: what was answered to a request is in the books
SELECT 'request ' || k.key AS offender, 'transaction ' || (k.response->>'transactionId') || ' is missing' AS found
FROM tessera.idempotency k LEFT JOIN tessera.transaction t ON t.id = (k.response->>'transactionId')::uuid
WHERE k.response ? 'transactionId' AND t.id IS NULL ORDER BY 1
