import { codeOf } from '../../../../../config/presets/testing/code-of';
import { prepareTierPrice } from './prepare-tier-price';

const stored = { tierId: 't1', productId: 'p1', serviceId: null, validFrom: '2026-01-01T00:00:00Z', validUntil: null };

test.each([
  ['as the back office writes it', { tier: 't1', product: 'p1' }],
  ['as Strapi writes it', { tier: { documentId: 't1' }, product: { set: [{ documentId: 'p1' }] } }],
  ['connected', { tier: { connect: ['t1'] }, product: { connect: [{ documentId: 'p1' }] }, service: null }],
])('an entry is of one item: %s', (_how, data) => {
  expect(prepareTierPrice(data, null)).toEqual({ tierId: 't1', productId: 'p1', serviceId: null });
});

test('what a change does not touch stays as it is stored', () => {
  expect(prepareTierPrice({ unitPrice: 5 }, stored)).toEqual({ tierId: 't1', productId: 'p1', serviceId: null });
  const service = prepareTierPrice({ product: null, service: 's1' }, stored);
  expect(service).toEqual({ tierId: 't1', productId: null, serviceId: 's1' });
});

test.each([
  [{ tier: 't1' }, null],
  [{ tier: 't1', product: 'p1', service: 's1' }, null],
  [{ service: 's1' }, stored],
  [{ product: [] }, stored],
  [{ validUntil: '2026-01-01T00:00:00Z' }, stored],
  [{ validFrom: '2026-02-01T00:00:00Z', validUntil: new Date('2026-01-31T00:00:00Z') }, stored],
])('%j is refused', (data, before) => {
  expect(codeOf(() => prepareTierPrice(data, before))).toBe('bad_tier_price');
});
