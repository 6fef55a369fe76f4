import { createHttpClient, type HttpClient } from './http-client';

const PASSWORD = 'Bench-horse-7-battery';

interface Role {
  id: string;
  code: string;
}

async function signIn(url: string, email: string): Promise<string> {
  const answer = await createHttpClient(url)({
    method: 'POST',
    path: '/admin/login',
    body: { email, password: PASSWORD },
  });
  return (answer.body as { data: { token: string } }).data.token;
}

/** The first account of an empty installation. @returns its access token */
export async function registerOwner(url: string): Promise<string> {
  const email = 'owner@example.test';
  await createHttpClient(url)({
    method: 'POST',
    path: '/admin/register-admin',
    body: { email, password: PASSWORD, firstname: 'Bench', lastname: 'Owner' },
  });
  return signIn(url, email);
}

async function makeCashier(owner: HttpClient, role: Role, storeId: string, index: number): Promise<string> {
  const email = `cashier-${index}@example.test`;
  const person = { email, firstname: 'Cashier', lastname: String(index), roles: [Number(role.id)] };
  const made = await owner({ method: 'POST', path: '/admin/users', body: person });
  const { id } = (made.body as { data: { id: number } }).data;
  await owner({ method: 'PUT', path: `/admin/users/${id}`, body: { password: PASSWORD, isActive: true } });
  await owner({
    method: 'POST',
    path: '/api/access/assignments',
    body: { staffId: String(id), roleId: role.id, storeId },
  });
  return email;
}

/** People with the role template `cashier` in one store, made as an administrator makes them. @returns their access tokens */
export async function makeCashiers(url: string, ownerToken: string, storeId: string, count: number): Promise<string[]> {
  const owner = createHttpClient(url, ownerToken);
  const roles = (await owner({ path: '/api/access/roles' })).body as Role[];
  const role = roles.find(({ code }) => code === 'cashier');
  if (!role) throw new Error('there is no role template "cashier"');
  const tokens: string[] = [];
  for (let index = 1; index <= count; index++) {
    tokens.push(await signIn(url, await makeCashier(owner, role, storeId, index)));
  }
  return tokens;
}
