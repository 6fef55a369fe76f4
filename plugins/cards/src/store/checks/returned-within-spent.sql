-- Proves: no more came back to a card than a sale took off it, part by part
SELECT 'move ' || m.id AS offender, 'took ' || concat_ws(' / ', -m.principal, -m.bonus, -m.sessions) || ', returned '
  || concat_ws(' / ', sum(r.principal), sum(r.bonus), sum(r.sessions)) AS found
FROM tessera.card_move m JOIN tessera.card_move r ON r.returns = m.id
GROUP BY m.id HAVING sum(r.uses) > -m.uses OR sum(r.principal) > -m.principal OR sum(r.bonus) > -m.bonus OR sum(r.sessions) > -m.sessions
  OR m.kind NOT IN ('spent', 'used') OR count(*) FILTER (WHERE r.lot_id <> m.lot_id) > 0 ORDER BY m.id
