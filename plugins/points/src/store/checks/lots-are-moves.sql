-- Proves: what is left of every lot is the sum of what went in and out, and it was earned once
SELECT 'lot ' || l.id AS offender, 'left ' || l.remaining || ', moves ' || coalesce(m.total, 0) || ', earned ' || coalesce(m.earned, 0)
  || ' of ' || l.amount AS found
FROM tessera.point_lot l LEFT JOIN (SELECT lot_id, sum(amount) AS total, sum(amount) FILTER (WHERE kind = 'earned') AS earned
  FROM tessera.point_move GROUP BY lot_id) m ON m.lot_id = l.id
WHERE l.remaining IS DISTINCT FROM m.total OR l.amount IS DISTINCT FROM m.earned ORDER BY l.id
