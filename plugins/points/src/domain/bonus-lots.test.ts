import { factsOf, programmeOf, ruleOf, saleOf } from '../../tests/points-builders';
import { bonusLots } from './bonus-lots';
import { earn } from './earn';

const label = { zh: '充500送5000积分', en: 'Pay 500, get 5,000 points' };
const sale = { now: new Date('2026-06-10T04:00:00Z'), timeZone: 'Asia/Shanghai', lineCount: 3 };

test('points that come with what is bought are one lot for each thing, on its lines, with the dates of the programme', () => {
  const programme = programmeOf({ validity: 'days', validityLength: 1, pendingDays: 1, capPerSale: 1 });
  const lots = bonusLots(
    [
      { index: 0, sku: 'A', label, points: 50 },
      { index: 1, sku: 'B', label, points: 7 },
      { index: 2, sku: 'A', label, points: 100 },
    ],
    programme,
    sale,
  );
  const dates = { availableFrom: '2026-06-10T16:00:00.000Z', expiresAt: '2026-06-12T16:00:00.000Z' };
  expect(lots).toEqual([
    { rule: 'gift:A', label, points: 150, byLine: [50, 0, 100], isCapped: false, ...dates },
    { rule: 'gift:B', label, points: 7, byLine: [0, 7, 0], isCapped: false, ...dates },
  ]);
});

test('what was given with a top-up does not fill the cap of the day', () => {
  const facts = factsOf([ruleOf('per-visit', { points: 5 })], { capPerDay: 10 }, [['2026-06-10', 'gift:A', 500]]);
  expect(earn(saleOf(), facts)).toMatchObject([{ points: 5, isCapped: false }]);
});
