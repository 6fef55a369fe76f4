-- Proves: whoever was merged into another has no cards
SELECT 'card ' || c.id AS offender, 'of ' || c.member_id || ', who is ' || a.kept_id || ' now' AS found
FROM tessera.card c JOIN tessera.member_alias a ON a.duplicate_id = c.member_id ORDER BY 1
