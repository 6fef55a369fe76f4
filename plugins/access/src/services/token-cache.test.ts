import { createTokenCache } from './token-cache';

const EXPIRES_AT = 1_000;

/** Tokens that begin with `ours` are good until `EXPIRES_AT` seconds. */
function checker() {
  const clock = { seconds: 0 };
  const checked: string[] = [];
  const payloadOf = createTokenCache(
    (token) => {
      checked.push(token);
      if (!token.startsWith('ours') || clock.seconds >= EXPIRES_AT) return { isValid: false, payload: null };
      return { isValid: true, payload: { userId: '1', sessionId: `session of ${token}`, exp: EXPIRES_AT } };
    },
    () => clock.seconds * 1_000,
  );
  return { clock, checked, payloadOf };
}

test('a token is checked once and answered as it was', () => {
  const { checked, payloadOf } = checker();
  const first = payloadOf('ours');
  expect(first).toMatchObject({ userId: '1', sessionId: 'session of ours' });
  expect(payloadOf('ours')).toEqual(first);
  expect(checked).toEqual(['ours']);
});

test('a token is refused from the second at which it expires', () => {
  const { clock, payloadOf } = checker();
  payloadOf('ours');
  clock.seconds = EXPIRES_AT - 1;
  expect(payloadOf('ours')).toBeDefined();
  clock.seconds = EXPIRES_AT;
  expect(payloadOf('ours')).toBeUndefined();
});

test('a foreign token is refused every time it is shown', () => {
  const { checked, payloadOf } = checker();
  expect([payloadOf('theirs'), payloadOf('theirs')]).toEqual([undefined, undefined]);
  expect(checked).toHaveLength(2);
});

test('two thousand tokens are kept, those in use longest', () => {
  const { checked, payloadOf } = checker();
  payloadOf('ours');
  for (let index = 0; index < 2_000; index++) {
    payloadOf(`ours ${index}`);
    payloadOf('ours');
  }
  expect(checked.filter((token) => token === 'ours')).toHaveLength(1);
  payloadOf('ours 0');
  expect(checked.filter((token) => token === 'ours 0')).toHaveLength(2);
});
