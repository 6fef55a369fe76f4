-- Proves: the payments of every transaction add up to what was paid
SELECT t.number AS offender, 'payments ' || coalesce(p.paid, 0) || ', paid ' || t.paid AS found
FROM tessera.transaction t
LEFT JOIN (SELECT transaction_id, sum(amount) AS paid FROM tessera.payment GROUP BY transaction_id) p ON p.transaction_id = t.id
WHERE t.paid <> coalesce(p.paid, 0) ORDER BY 1
