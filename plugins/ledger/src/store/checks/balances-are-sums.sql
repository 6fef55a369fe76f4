-- Proves: every balance is the sum of its postings
SELECT concat_ws(' ', a.owner_type, a.owner_id, a.account, a.unit) AS offender,
  'balance ' || a.balance || ', postings ' || coalesce(p.total, 0) AS found
FROM tessera.account a LEFT JOIN (SELECT account_id, sum(amount) AS total FROM tessera.posting GROUP BY account_id) p ON p.account_id = a.id
WHERE a.balance <> coalesce(p.total, 0) ORDER BY 1
