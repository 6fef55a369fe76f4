import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { kernel } from '@tessera/kernel/public';
import { parse, stringify } from 'yaml';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { accessSetup } from '../src/public';

// One role through its life: each test goes on where the one before it ended.
const ROLE = 'analyst';
const directory = mkdtempSync(join(tmpdir(), 'tessera-roles-'));
const file = join(directory, `${ROLE}.yaml`);

interface TemplateGrant {
  permission: string;
  scope: string;
  read?: Record<string, string>;
  reason: { zh: string; en: string };
}

let tessera: Tessera;
beforeAll(async () => {
  cpSync(resolve(__dirname, '../../../config/roles'), directory, { recursive: true });
  tessera = await bootTessera();
});
afterAll(async () => {
  await tessera.close();
  rmSync(directory, { recursive: true });
});

const database = () => kernel(tessera.strapi).database;
const sync = () => accessSetup(tessera.strapi).syncRoles(directory);

function changeTemplate(edit: (grants: TemplateGrant[]) => TemplateGrant[]): void {
  const template = parse(readFileSync(file, 'utf8')) as { grants: TemplateGrant[] };
  writeFileSync(file, stringify({ ...template, grants: edit(template.grants) }));
}

/** permission → terms, of what Strapi grants and our terms limit: what the role really may. */
async function held(): Promise<Record<string, { scope?: string; read?: Record<string, string> }>> {
  const rows = await database().query<{ permission: string; terms: object }>(
    `SELECT g.permission, g.terms FROM tessera.access_role r
      JOIN tessera.access_grant_terms g USING (role_id)
      JOIN public.admin_permissions_role_lnk l USING (role_id)
      JOIN public.admin_permissions p ON p.id = l.permission_id AND p.action LIKE '%.' || g.permission
    WHERE r.code = $1`,
    [ROLE],
  );
  return Object.fromEntries(rows.map(({ permission, terms }) => [permission, terms]));
}

async function conflicts(): Promise<{ permission: string }[]> {
  const [row] = await database().query<{ conflicts: { permission: string }[] }>(
    'SELECT conflicts FROM tessera.access_role WHERE code = $1',
    [ROLE],
  );
  return row?.conflicts ?? [];
}

/** An administrator narrows what a role may read. */
const narrowLocally = (permission: string) =>
  database().query(
    `UPDATE tessera.access_grant_terms SET terms = jsonb_set(terms, '{read}', '{"*": "masked"}')
    WHERE permission = $2 AND role_id = (SELECT role_id FROM tessera.access_role WHERE code = $1)`,
    [ROLE, permission],
  );

/** All that the sync writes, and whether it raised the version that every node watches. */
async function everything(): Promise<unknown> {
  const tables = ['access_role', 'access_grant_terms', 'access_version'].map(
    (name) => `'${name}', (SELECT jsonb_agg(to_jsonb(t) ORDER BY to_jsonb(t)::text) FROM tessera.${name} t)`,
  );
  const [row] = await database().query<{ all: unknown }>(`SELECT jsonb_build_object(${tables.join(', ')},
    'permissions', (SELECT count(*) FROM public.admin_permissions)) AS all`);
  return row?.all;
}

test('a second run changes nothing, not even the version of the policy', async () => {
  await sync();
  const before = await everything();
  await sync();
  expect(await everything()).toEqual(before);
});

test('a change of the template reaches the role: changed, added and taken away', async () => {
  changeTemplate((grants) => [
    ...grants
      .filter(({ permission }) => permission !== 'categories.view')
      .map((grant) => (grant.permission === 'products.view' ? { ...grant, scope: 'all' } : grant)),
    { permission: 'tills.view', scope: 'own-store', read: { '*': 'clear' }, reason: { zh: '测试', en: 'Test' } },
  ]);
  await sync();
  const now = await held();
  expect(now['products.view']?.scope).toBe('all');
  expect(now['tills.view']?.scope).toBe('own-store');
  expect(now).not.toHaveProperty('categories.view');
  expect(await conflicts()).toEqual([]);
});

test('what an administrator changed stays, as long as the template does not speak of it', async () => {
  await narrowLocally('services.view');
  changeTemplate((grants) =>
    grants.map((grant) => (grant.permission === 'products.view' ? { ...grant, scope: 'own-store' } : grant)),
  );
  await sync();
  const now = await held();
  expect(now['services.view']?.read).toEqual({ '*': 'masked' });
  expect(now['products.view']?.scope).toBe('own-store');
  expect(await conflicts()).toEqual([]);
});

test('both changed it: the local one stays, and the conflict is reported until somebody settles it', async () => {
  changeTemplate((grants) =>
    grants.map((grant) => (grant.permission === 'services.view' ? { ...grant, scope: 'all' } : grant)),
  );
  for (let start = 0; start < 2; start++) {
    await sync();
    expect((await held())['services.view']).toMatchObject({ scope: 'own-store', read: { '*': 'masked' } });
    expect(await conflicts()).toMatchObject([
      { permission: 'services.view', template: { scope: 'all' }, local: { read: { '*': 'masked' } } },
    ]);
  }
  const owner = tessera.as(await tessera.signIn('owner'));
  const roles = (await owner.get('/api/access/roles').expect(200)).text;
  expect(JSON.parse(roles)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ code: ROLE, conflicts: [expect.objectContaining({ permission: 'services.view' })] }),
    ]),
  );
});

test('a role that an administrator deleted is not made again', async () => {
  const [role] = await database().query<{ id: number }>(
    'SELECT role_id AS id FROM tessera.access_role WHERE code = $1',
    [ROLE],
  );
  await tessera.strapi.service('admin::role').deleteByIds([role?.id]);
  await sync();
  expect(await tessera.strapi.db.query('admin::role').count({ where: { code: ROLE } })).toBe(0);
});

test('a template with a permission nobody declares stops the start, with file and name', async () => {
  changeTemplate((grants) => [...grants, { permission: 'moon.land', scope: 'all', reason: { zh: '无', en: 'None' } }]);
  await expect(sync()).rejects.toThrow(`config/roles/${ROLE}.yaml: unknown permission moon.land`);
});
