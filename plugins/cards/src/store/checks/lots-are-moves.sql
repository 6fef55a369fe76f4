-- Proves: what is left of every lot of a card is the sum of what went in and out, and it was sold once; sessions left = sold − used + returned
SELECT 'lot ' || l.id AS offender, 'left ' || concat_ws(' / ', l.principal, l.bonus, l.sessions) || ', moves '
  || concat_ws(' / ', coalesce(m.principal, 0), coalesce(m.bonus, 0), coalesce(m.sessions, 0)) || ', sold '
  || concat_ws(' / ', coalesce(m.sold_principal, 0), coalesce(m.sold_bonus, 0), coalesce(m.sold_sessions, 0)) AS found
FROM tessera.card_lot l LEFT JOIN (SELECT lot_id, sum(principal) AS principal, sum(bonus) AS bonus, sum(sessions) AS sessions,
    sum(principal) FILTER (WHERE kind = 'sold') AS sold_principal, sum(bonus) FILTER (WHERE kind IN ('sold', 'granted')) AS sold_bonus,
    sum(sessions) FILTER (WHERE kind = 'sold') AS sold_sessions
  FROM tessera.card_move GROUP BY lot_id) m ON m.lot_id = l.id
WHERE (l.principal, l.bonus, l.sessions) IS DISTINCT FROM (m.principal, m.bonus, m.sessions)
  OR (l.principal_sold, l.bonus_sold, l.sessions_sold) IS DISTINCT FROM (m.sold_principal, m.sold_bonus, m.sold_sessions)
  OR least(l.principal, l.bonus, l.sessions) < 0 ORDER BY l.id
