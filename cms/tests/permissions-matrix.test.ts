import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../config/presets/testing';
import { makePlace } from './make-place';
import { keyOf, routesOf, validRequest, type Place, type StaffRoute } from './valid-requests';

const FILE = resolve(__dirname, '../../docs/permissions-matrix.md');
const REMEDY =
  'Read the difference as a manager would; if it is meant, run `npm run permissions:table` and commit the file.';
const ROLES = ['cashier', 'senior-cashier', 'store-manager', 'marketing', 'analyst', 'support', 'auditor', 'owner'];

let tessera: Tessera;
let routes: StaffRoute[];
let own: Place;
let other: Place;

beforeAll(async () => {
  tessera = await bootTessera();
  const owner = await tessera.signIn('owner');
  own = await makePlace(tessera, owner);
  other = await makePlace(tessera, owner);
  routes = routesOf(tessera).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
});
afterAll(() => tessera.close());

async function statusOf(route: StaffRoute, place: Place, token: string | null): Promise<number> {
  const request = validRequest(route, place);
  if (!request) throw new Error(`${keyOf(route)} has no example: add one to cms/tests/valid-requests.ts`);
  const answer = await fetch(`${tessera.url}/api${request.path}`, {
    method: route.method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(request.body ? { 'content-type': 'application/json' } : {}),
      ...request.headers,
    },
    body: request.content ?? (request.body ? JSON.stringify(request.body) : undefined),
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** What the walk through one route says of one role: refused, or where it is let through. */
async function cellOf(route: StaffRoute, token: string): Promise<string> {
  const [here, there] = [await statusOf(route, own, token), await statusOf(route, other, token)];
  if (here >= 500 || there >= 500) throw new Error(`${keyOf(route)} answered ${here} and ${there}`);
  const [isOpenHere, isOpenThere] = [here !== 403 && here !== 401, there !== 403 && there !== 401];
  if (isOpenHere && isOpenThere) return '✓';
  return isOpenHere ? 'own store' : isOpenThere ? 'other store only' : '–';
}

/** Who may delete everywhere comes last and alone: what is gone already is not refused to the others (404). */
async function cellsOf(route: StaffRoute, tokens: readonly string[]): Promise<string[]> {
  if (route.method !== 'DELETE') return Promise.all(tokens.map((token) => cellOf(route, token)));
  const cells: string[] = [];
  for (const token of tokens) cells.push(await cellOf(route, token));
  return cells;
}

function nameOf(permission: string): string {
  if (permission === 'self') return 'oneself 本人';
  const service = tessera.strapi.plugin('access').service('access') as {
    permissions(): { code: string; label: { en: string; zh: string } }[];
  };
  const label = service.permissions().find((definition) => definition.code === permission)?.label;
  if (!label) throw new Error(`permission "${permission}" of a route is not declared`);
  return `${label.en} ${label.zh}`;
}

test('every route names a permission that is declared', () => {
  expect(routes.length).toBeGreaterThan(40);
  for (const route of routes) expect(nameOf(route.permission)).toBeTruthy();
});

test('without a session, with an expired one and as a blocked person, every route is closed', async () => {
  const person = await tessera.makeStaff({ role: 'owner' });
  const blocked = await tessera.signInAs(person);
  const expired = await tessera.signIn('owner');
  const { database } = kernel(tessera.strapi);
  const { sessionId } = JSON.parse(Buffer.from(expired.split('.')[1] ?? '', 'base64url').toString());
  await database.query('UPDATE public.strapi_sessions SET expires_at = now() WHERE session_id = $1', [sessionId]);
  await database.query('UPDATE public.admin_users SET blocked = true WHERE id = $1', [person.id]);
  for (const route of routes) {
    const statuses = [null, expired, blocked, 'no-token'].map((token) => statusOf(route, own, token));
    expect([keyOf(route), ...(await Promise.all(statuses))]).toEqual([keyOf(route), 401, 401, 401, 401]);
  }
});

test('every role may do on every route what the table says, and nothing else', async () => {
  const tokens = await Promise.all(
    ROLES.map((role) => tessera.signIn(role, role === 'owner' ? {} : { store: own.storeId })),
  );
  const lines: string[] = [];
  for (const route of routes) {
    const cells = await cellsOf(route, tokens);
    lines.push(
      `| ${nameOf(route.permission)} | \`${route.method} /api/${route.plugin}${route.path}\` | ${cells.join(' | ')} |`,
    );
  }
  const table = `# Who may do what

Each role template, held for one store, on every route of the API: ✓ = in every store, *own store* = only there, – = refused.
The test \`cms/tests/permissions-matrix.test.ts\` sends each of these requests as each role and compares the answers with this file.
The shift it names is somebody else's, so a cashier, who may act on own shifts only, is refused there.
Limits, masks and fields are in \`config/roles\`; nobody without a valid session gets anything but 401.

| Act | Route | ${ROLES.join(' | ')} |
|---|---|${ROLES.map(() => '---').join('|')}|
${lines.join('\n')}
`;
  if (process.env.UPDATE === '1') writeFileSync(FILE, table);
  const known = readFileSync(FILE, 'utf8');
  if (known !== table)
    throw new Error(`docs/permissions-matrix.md and the server disagree. ${REMEDY}\n${difference(known, table)}`);
});

function difference(known: string, found: string): string {
  const [was, is] = [new Set(known.split('\n')), new Set(found.split('\n'))];
  const gone = [...was].filter((line) => !is.has(line)).map((line) => `- ${line}`);
  return [...gone, ...[...is].filter((line) => !was.has(line)).map((line) => `+ ${line}`)].join('\n');
}
