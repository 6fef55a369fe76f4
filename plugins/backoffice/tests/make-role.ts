import { randomBytes } from 'node:crypto';
import type { Grant } from '@tessera/access/domain';
import { access } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import type { Tessera } from '../../../config/presets/testing';

/** A role with exactly these grants, so that a test names all it depends on. @returns its code */
export async function makeRole(tessera: Tessera, grants: Grant[]): Promise<string> {
  const code = `role-${randomBytes(4).toString('hex')}`;
  const role = await tessera.strapi.service('admin::role').create({ name: code, description: code });
  const { database } = kernel(tessera.strapi);
  await database.query(
    `INSERT INTO tessera.access_role (code, role_id, name) VALUES ($1, $2, jsonb_build_object('zh', $1::text, 'en', $1::text))`,
    [code, role.id],
  );
  const pluginOf = new Map(
    access(tessera.strapi)
      .permissions()
      .map((definition) => [definition.code, definition.plugin]),
  );
  for (const { permission, ...terms } of grants) {
    await database.query(
      `WITH added AS (INSERT INTO public.admin_permissions (document_id, action, conditions, properties, action_parameters)
        VALUES (replace(gen_random_uuid()::text, '-', ''), $2, '[]', '{}', '{}') RETURNING id),
      linked AS (INSERT INTO public.admin_permissions_role_lnk (permission_id, role_id) SELECT id, $1 FROM added)
      INSERT INTO tessera.access_grant_terms (role_id, permission, terms) VALUES ($1, $3, $4::jsonb)
      ON CONFLICT (role_id, permission) DO UPDATE SET terms = excluded.terms`,
      [
        role.id,
        `plugin::${pluginOf.get(permission)}.${permission}`,
        permission,
        JSON.stringify({ permission, ...terms }),
      ],
    );
  }
  return code;
}

/** Somebody with exactly these grants at that store (none = all stores), signed in. */
export async function signInWith(tessera: Tessera, grants: Grant[], store?: string) {
  const person = await tessera.makeStaff({ role: await makeRole(tessera, grants), store });
  return Object.assign(tessera.as(await tessera.signInAs(person)), { person });
}
