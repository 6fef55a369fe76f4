-- Proves: whoever was merged into another is marked so, and nobody else is; and every merge stands once or was taken back
SELECT 'member ' || coalesce(m.document_id, a.duplicate_id) AS offender,
  'status ' || coalesce(m.status, 'missing') || ', merged into ' || coalesce(a.kept_id, 'nobody') || ', linked to ' || coalesce(k.document_id, 'nobody') AS found
FROM public.members m FULL JOIN tessera.member_alias a ON a.duplicate_id = m.document_id
LEFT JOIN public.members_merged_into_lnk l ON l.member_id = m.id LEFT JOIN public.members k ON k.id = l.inv_member_id
WHERE (m.status IS NOT DISTINCT FROM 'merged') <> (a.duplicate_id IS NOT NULL) OR k.document_id IS DISTINCT FROM a.kept_id
UNION ALL
SELECT 'merge ' || g.id, CASE WHEN u.merge_id IS NULL THEN 'neither stands nor was taken back' ELSE 'stands and was taken back' END
FROM tessera.member_merge g LEFT JOIN tessera.member_alias a ON a.merge_id = g.id LEFT JOIN tessera.member_merge_undo u ON u.merge_id = g.id
WHERE (a.merge_id IS NULL) = (u.merge_id IS NULL) ORDER BY 1
