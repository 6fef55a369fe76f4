import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { cardOf, lotOf, planOf } from '../../tests/cards-builders';
import { cardPolicySchema, judgeCardSale, type CardSale } from './card-policy';
import { soldLots } from './sell-plan';

const file = resolve(__dirname, '../../../../config/policies/prepaid-cards-cn.yaml');
const china = cardPolicySchema.parse(parse(readFileSync(file, 'utf8')));
const at = { now: new Date('2026-06-10T04:00:00Z'), timeZone: 'Asia/Shanghai' };

function saleOf(yuan: number, changes: Partial<CardSale> = {}, validityDays: number | null = null): CardSale {
  const plan = planOf({ unitPrice: yuan * 100, bonus: 0, validityDays });
  const sold = soldLots(plan, { lineNo: 1, quantity: 1 }, { id: 'a', number: null }, { ...at, parts: [] });
  return { currency: 'CNY', sold, cards: [], cash: null, ...changes };
}

const clausesOf = (sale: CardSale, effect: string) =>
  judgeCardSale([china], sale)
    .filter((finding) => finding.effect === effect)
    .map(({ clause }) => clause.zh);

test('a named card holds at most 5,000 yuan, what is on it already included', () => {
  expect(clausesOf(saleOf(5_000), 'block')).toEqual([]);
  expect(clausesOf(saleOf(5_001), 'block')).toEqual(['第十八条']);
  const cards = [cardOf('a', lotOf({ principal: 1, bonus: 0 }))];
  expect(clausesOf(saleOf(5_000, { cards }), 'block')).toEqual(['第十八条']);
  expect(clausesOf(saleOf(5_000, { cards: [cardOf('b', lotOf())] }), 'block')).toEqual([]);
});

test('50,000 yuan of cards at once are not paid in cash', () => {
  expect(clausesOf(saleOf(50_000, { cash: 1 }), 'block')).toContain('第十七条');
  expect(clausesOf(saleOf(50_000, { cash: 0 }), 'block')).not.toContain('第十七条');
  expect(clausesOf(saleOf(49_999, { cash: 1 }), 'block')).not.toContain('第十七条');
});

test('a named card with an end, and every buyer without a document, are pointed out', () => {
  expect(clausesOf(saleOf(100), 'warn')).toEqual(['第十五条']);
  expect(clausesOf(saleOf(100, {}, 365), 'warn')).toEqual(['第十九条', '第十五条']);
});

test('other money and other goods are none of its business', () => {
  expect(judgeCardSale([china], saleOf(9_000, { currency: 'EUR' }))).toEqual([]);
  expect(judgeCardSale([china], { ...saleOf(9_000), sold: [] })).toEqual([]);
});
