-- Proves: the postings of every journal add up to 0 per unit
SELECT 'journal ' || p.journal_id AS offender, 'off by ' || sum(p.amount) || ' ' || a.unit AS found
FROM tessera.posting p JOIN tessera.account a ON a.id = p.account_id
GROUP BY p.journal_id, a.unit HAVING sum(p.amount) <> 0 ORDER BY 1
