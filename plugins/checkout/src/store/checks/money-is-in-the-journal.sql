-- Proves: what every transaction took and gave stands in its journal, per tender
WITH booked AS (
  SELECT p.journal_id, a.account, sum(p.amount) AS amount FROM tessera.posting p
  JOIN tessera.account a ON a.id = p.account_id AND a.owner_type = 'till' AND a.account IN ('cash', 'card', 'transfer', 'stored-value', 'spent-points')
  JOIN tessera.journal j ON j.id = p.journal_id AND j.subject_type = 'transaction'
  GROUP BY p.journal_id, a.account
), taken AS (
  SELECT transaction_id, method, sum(amount) AS amount FROM tessera.payment GROUP BY transaction_id, method HAVING sum(amount) <> 0
)
SELECT coalesce(t.number, 'journal ' || b.journal_id) || ' ' || coalesce(k.method, b.account) AS offender,
  'journal ' || coalesce(b.amount, 0) || ', payments ' || coalesce(k.amount, 0) AS found
FROM taken k FULL JOIN booked b ON b.journal_id = k.transaction_id AND b.account = k.method
LEFT JOIN tessera.transaction t ON t.id = coalesce(k.transaction_id, b.journal_id)
WHERE k.amount IS DISTINCT FROM b.amount ORDER BY 1
