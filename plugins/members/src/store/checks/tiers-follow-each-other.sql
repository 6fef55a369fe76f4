-- Proves: every member's tiers are one history: each entry follows the one before it and changes something
SELECT 'member ' || h.member_id AS offender, 'entry ' || h.id || ' follows ' || coalesce(h.follows::text, 'nothing') || ', before it came '
  || coalesce(h.before_id::text, 'nothing') AS found
FROM (SELECT m.*, lag(m.id) OVER w AS before_id, lag(m.tier) OVER w AS before_tier FROM tessera.member_tier m
  WINDOW w AS (PARTITION BY m.member_id ORDER BY m.id)) h
WHERE h.follows IS DISTINCT FROM h.before_id OR (h.cause IN ('rose', 'fell') AND h.tier IS NOT DISTINCT FROM h.before_tier) ORDER BY h.id
