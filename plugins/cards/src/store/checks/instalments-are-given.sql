-- Proves: every part of a bonus that was given came on its card, on no earlier day than it was due, and none came otherwise
WITH given AS (
  SELECT i.lot_id, i.given_in AS journal_id, sum(i.amount) AS amount, max(i.due_on) AS due_on FROM tessera.card_instalment i
  WHERE i.state = 'given' GROUP BY i.lot_id, i.given_in
)
SELECT 'lot ' || coalesce(g.lot_id, m.lot_id) AS offender, 'given ' || coalesce(g.amount, 0) || ', on the card ' || coalesce(m.bonus, 0) AS found
FROM given g FULL JOIN (SELECT * FROM tessera.card_move WHERE kind = 'granted') m ON m.lot_id = g.lot_id AND m.journal_id = g.journal_id
LEFT JOIN tessera.journal j ON j.id = g.journal_id
WHERE coalesce(g.amount, 0) <> coalesce(m.bonus, 0) OR g.due_on > j.business_day ORDER BY 1
