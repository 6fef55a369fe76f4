import { hashPin, verifyPin } from './pin-hash';

test('a PIN is recognised by its hash, another one is not', async () => {
  const hash = await hashPin('042917');
  expect(await verifyPin('042917', hash)).toBe(true);
  expect(await verifyPin('042918', hash)).toBe(false);
});

test('the same PIN hashes differently for every person and is not in the hash', async () => {
  const [first, second] = await Promise.all([hashPin('246810'), hashPin('246810')]);
  expect(first).not.toBe(second);
  expect(first).not.toContain('246810');
});

test('what is not six digits is no PIN', async () => {
  await expect(hashPin('12345')).rejects.toThrow('six digits');
  expect(await verifyPin('12345', await hashPin('123450'))).toBe(false);
  expect(await verifyPin('123450', 'plain$123450')).toBe(false);
});
