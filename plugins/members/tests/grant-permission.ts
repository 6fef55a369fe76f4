import type { Grant } from '@tessera/access/domain';
import { kernel } from '@tessera/kernel/public';
import type { Tessera } from '../../../config/presets/testing';

/** Gives a role one grant of this plugin, over whatever its template says, so that a test names all it depends on. */
export async function grantPermission(tessera: Tessera, roleCode: string, grant: Grant): Promise<void> {
  const { permission, ...terms } = grant;
  await kernel(tessera.strapi).database.query(
    `WITH role AS (SELECT role_id FROM tessera.access_role WHERE code = $1),
    known AS (SELECT l.id FROM public.admin_permissions_role_lnk l JOIN public.admin_permissions p ON p.id = l.permission_id
      WHERE l.role_id = (SELECT role_id FROM role) AND p.action = $3),
    added AS (INSERT INTO public.admin_permissions (document_id, action, conditions, properties, action_parameters)
      SELECT replace(gen_random_uuid()::text, '-', ''), $3, '[]', '{}', '{}' WHERE NOT EXISTS (SELECT 1 FROM known)
      RETURNING id),
    linked AS (INSERT INTO public.admin_permissions_role_lnk (permission_id, role_id)
      SELECT added.id, role.role_id FROM added, role)
    INSERT INTO tessera.access_grant_terms (role_id, permission, terms) SELECT role_id, $2, $4::jsonb FROM role
    ON CONFLICT (role_id, permission) DO UPDATE SET terms = excluded.terms`,
    [roleCode, permission, `plugin::members.${permission}`, JSON.stringify({ permission, ...terms })],
  );
}
