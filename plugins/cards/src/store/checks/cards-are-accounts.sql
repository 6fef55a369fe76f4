-- Proves: what is on every card is what its accounts say, and none of them is below 0
WITH lots AS (
  SELECT l.card_id::text AS card, x.account, x.unit, sum(x.amount) AS amount FROM tessera.card_lot l JOIN tessera.card c ON c.id = l.card_id
  CROSS JOIN LATERAL (VALUES (CASE l.kind WHEN 'stored-value' THEN 'principal' ELSE 'deferred' END, c.currency, l.principal),
    ('bonus', c.currency, l.bonus), ('sessions', l.sku, l.sessions)) AS x (account, unit, amount)
  GROUP BY l.card_id, x.account, x.unit
)
SELECT 'card ' || coalesce(l.card, a.owner_id) || ' ' || coalesce(l.account, a.account) AS offender,
  'lots ' || coalesce(l.amount, 0) || ', balance ' || coalesce(a.balance, 0) AS found
FROM lots l FULL JOIN (SELECT owner_id, account, unit, balance FROM tessera.account WHERE owner_type = 'card') a
  ON a.owner_id = l.card AND a.account = l.account AND a.unit = l.unit
WHERE coalesce(l.amount, 0) <> coalesce(a.balance, 0) OR a.balance < 0 ORDER BY 1
