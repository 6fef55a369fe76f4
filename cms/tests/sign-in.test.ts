import { bootTessera, type Staff, type Tessera } from '../../config/presets/testing';

const TRIES = 10;
let tessera: Tessera;
beforeAll(async () => {
  tessera = await bootTessera();
});
afterAll(() => tessera.close());

function attempt(email: string, password: string, cookie = '') {
  return tessera.request.post('/admin/login').set('cookie', cookie).send({ email, password });
}

/** The device cookie of a successful sign-in. */
async function knownDevice({ email, password }: Staff): Promise<string> {
  const response = await attempt(email, password).expect(200);
  const cookies = (response.get('set-cookie') ?? []) as string[];
  const cookie = cookies.find((line) => line.startsWith('tessera_device='));
  expect(cookie).toMatch(/path=\/admin; .*samesite=strict; httponly/i);
  return (cookie ?? '').split(';')[0] as string;
}

async function guess(email: string): Promise<void> {
  for (let count = 0; count < TRIES; count++) await attempt(email, `Wrong-${count}-password`).expect(400);
}

test('a stranger who guesses too often is put off, even with the right password', async () => {
  const person = await tessera.makeStaff({ role: 'owner' });
  await guess(person.email);
  const refused = await attempt(person.email.toUpperCase(), person.password).expect(429);
  expect(refused.headers['retry-after']).toBe('900');
});

test('guessing from elsewhere does not lock somebody out at a device known to the account', async () => {
  const person = await tessera.makeStaff({ role: 'owner' });
  const device = await knownDevice(person);
  await guess(person.email);
  await attempt(person.email, person.password, device).expect(200);
});

test('guessing at one account leaves the others behind the same address alone', async () => {
  const [victim, colleague] = [await tessera.makeStaff({ role: 'owner' }), await tessera.makeStaff({ role: 'owner' })];
  await guess(victim.email);
  await attempt(colleague.email, colleague.password).expect(200);
});

test('a device known to one account is a stranger to another', async () => {
  const [one, other] = [await tessera.makeStaff({ role: 'owner' }), await tessera.makeStaff({ role: 'owner' })];
  const device = await knownDevice(one);
  await guess(other.email);
  await attempt(other.email, other.password, device).expect(429);
});

test('a password longer than bcrypt reads is refused instead of cut', async () => {
  const person = await tessera.makeStaff({ role: 'owner' });
  await attempt(person.email, '密'.repeat(25)).expect(400);
});

test.each([
  '/content-type-builder/schema',
  '/Content-Type-Builder/content-types',
  '/admin/webhooks',
  '/admin/transfer/tokens',
])('%s is closed, even to an owner', async (path) => {
  await tessera
    .as(await tessera.signIn('owner'))
    .get(path)
    .expect(404);
});

test('another origin gets no permission to call', async () => {
  const reply = await tessera.request.get('/_health').set('origin', 'https://elsewhere.example');
  expect(reply.headers['access-control-allow-origin']).toBeUndefined();
});
