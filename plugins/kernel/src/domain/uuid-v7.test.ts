import fc from 'fast-check';
import { uuidV7 } from './uuid-v7';

test('is a version 7 UUID of the RFC variant', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
      fc.uint8Array({ minLength: 10, maxLength: 16 }),
      (now, random) => {
        expect(uuidV7(now, random)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      },
    ),
  );
});

test('later ones sort after earlier ones', () => {
  const most = new Uint8Array(10).fill(255);
  const none = new Uint8Array(10);
  expect(uuidV7(new Date(1_000), most) < uuidV7(new Date(1_001), none)).toBe(true);
});
