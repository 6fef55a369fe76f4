import fc from 'fast-check';
import { readImage } from './read-image';

/** Pictures of 3 × 2 pixels, as libvips writes them. */
const JPEG =
  '/9j/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABAX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCQAOsP/9k=';
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAMAAACqqpYoAAAAA1BMVEWqAABzleVsAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAC0lEQVQImWNggAAAAAgAAa9T6iIAAAAASUVORK5CYII=';
const LOSSY = 'UklGRjQAAABXRUJQVlA4ICgAAABwAQCdASoDAAIABABoJaACdAFAAAD+7v+eqqev1rf/G8f5Lv7d9lAA';
const LOSSLESS = 'UklGRhwAAABXRUJQVlA4TA8AAAAvAkAAAAcQVY3+ByKi/wEA';
const ALPHA =
  'UklGRkYAAABXRUJQVlA4WAoAAAAQAAAAAgAAAQAAQUxQSAcAAAAAgICAgICAAFZQOCAYAAAAMAEAnQEqAwACAAQAaCWkAANwAP7yXgAA';
const ANIMATION =
  'UklGRqYAAABXRUJQVlA4WAoAAAACAAAAAgAAAQAAQU5JTQYAAAD/////AABBTk1GQgAAAAAAAAAAAAIAAAEAAGQAAAJWUDggKgAAAJABAJ0BKgMAAgABQCYllDbAFBAKDAD+/OmIBv9ZVEF7vpB71nmn/qTAAEFOTUYwAAAAAAAAAAAAAgAAAQAAZAAAAFZQOCAYAAAANAEAnQEqAwACAAAAJiWkAANwAP785pAA';

const bytes = (base64: string) => Buffer.from(base64, 'base64');

test.each([
  ['a PNG', PNG, 'image/png'],
  ['a JPEG', JPEG, 'image/jpeg'],
  ['a lossy WebP', LOSSY, 'image/webp'],
  ['a lossless WebP', LOSSLESS, 'image/webp'],
  ['a WebP with transparency', ALPHA, 'image/webp'],
])('%s is known by its bytes, with its size', (_what, base64, type) => {
  expect(readImage(bytes(base64))).toEqual({ type, width: 3, height: 2 });
});

test.each([
  ['an animation', bytes(ANIMATION)],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['a GIF', Buffer.from('GIF89a\x03\x00\x02\x00', 'latin1')],
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['nothing', Buffer.alloc(0)],
  ['a PNG without a width', Buffer.from(bytes(PNG)).fill(0, 16, 20)],
])('%s is no picture', (_what, content) => {
  expect(readImage(content)).toBeUndefined();
});

test('a picture that breaks off, or has bytes changed, never makes it fail', () => {
  const picture = fc.constantFrom(PNG, JPEG, LOSSY, LOSSLESS, ALPHA).map(bytes);
  const changes = fc.array(fc.tuple(fc.nat(260), fc.integer({ min: 0, max: 255 })), { maxLength: 8 });
  fc.assert(
    fc.property(picture, fc.nat(270), changes, (original, length, changed) => {
      const content = Uint8Array.from(original);
      for (const [index, value] of changed) content[index] = value;
      const facts = readImage(content.subarray(0, length));
      if (facts) expect(facts.width * facts.height).toBeGreaterThan(0);
    }),
  );
});
