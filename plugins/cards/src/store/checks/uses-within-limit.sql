-- Proves: no time card was used more often in a day, week or month than it allows, nor before it began
WITH net AS (
  SELECT m.lot_id, m.used_on, -m.uses - coalesce((SELECT sum(r.uses) FROM tessera.card_move r WHERE r.returns = m.id), 0) AS uses
  FROM tessera.card_move m WHERE m.used_on IS NOT NULL
)
SELECT 'lot ' || l.id || ' ' || min(n.used_on) AS offender, 'used ' || sum(n.uses) || ' of ' || coalesce(l.uses_limit::text, 'any') AS found
FROM net n JOIN tessera.card_lot l ON l.id = n.lot_id
GROUP BY l.id, tessera.first_day_of(coalesce(l.uses_per, 'day'), n.used_on)
HAVING sum(n.uses) > l.uses_limit OR min(n.used_on) < l.started_on OR l.started_on IS NULL ORDER BY l.id
