-- Proves: the status and the number of every card are what the last act that changed them left
SELECT 'card ' || c.id AS offender, c.status || ' ' || c.number || ', acts ' || coalesce(s.status, 'active') || ' ' || coalesce(n.number, c.number) AS found
FROM tessera.card c
LEFT JOIN LATERAL (SELECT a.details->'after'->>'status' AS status FROM tessera.card_act a WHERE a.card_id = c.id AND a.details->'after' ? 'status'
  ORDER BY a.id DESC LIMIT 1) s ON true
LEFT JOIN LATERAL (SELECT a.details->'after'->>'number' AS number FROM tessera.card_act a WHERE a.card_id = c.id AND a.kind = 'replace'
  ORDER BY a.id DESC LIMIT 1) n ON true
WHERE (c.status <> 'closed' AND c.status <> coalesce(s.status, 'active')) OR c.number <> coalesce(n.number, c.number) ORDER BY c.id
