import { scale } from '@tessera/kernel/domain';

/** What one membership should have. Points may be owed. Money in minor units. */
interface Person {
  id: string;
  points: number;
  value: number;
  sessions: number;
  /** Place of the member that he was merged into. */
  mergedInto: number | null;
}

export interface SoldLine {
  id: string;
  lineId: string;
  /** Place of the member it was sold to. */
  buyer: number;
  paidBy: 'card' | 'stored-value' | 'session';
  quantity: number;
  back: number;
  amount: number;
  earned: number;
  redeemed: number;
  coupon: string | null;
  /** The points that it gave have run out: what a refund does to them is for another test. */
  isPast: boolean;
}

/** A piece that a member got for points and has kept so far. */
interface KeptGift {
  id: string;
  /** Place of the member who got it. */
  member: number;
  /** Points that it took have run out since: what comes back ends at once, which is for another test. */
  isPast: boolean;
}

/** The whole shop as a few numbers: what the server must agree with after every act. */
export interface ShopModel {
  people: Person[];
  sales: SoldLine[];
  /** Codes that nobody has used, or that came back. */
  coupons: string[];
  gift: { id: string; stock: number };
  kept: KeptGift[];
  /** How the last act can be asked for again; and what it was answered. */
  last: { path: string; key: string; body: object; answer: unknown } | null;
}

export const PIECE = 1_000;
/** What a coupon, and what 100 points take off. */
export const OFF = 100;
export const REDEEMED = 100;
/** What the gift of the shop takes, how many there are at first, and how many a member may have. */
export const GIFT = { points: 30, stock: 4, limit: 2 };
export const TOP_UP = { principal: 10_000, bonus: 2_000, sessions: 3 };

export function emptyModel(memberIds: readonly string[], coupons: readonly string[], giftId: string): ShopModel {
  const people = memberIds.map((id) => ({ id, points: 0, value: 0, sessions: 0, mergedInto: null }));
  const gift = { id: giftId, stock: GIFT.stock };
  return { people, sales: [], coupons: [...coupons], gift, kept: [], last: null };
}

/** Whoever has what this member had. */
export function heir(model: ShopModel, place: number): Person {
  const person = model.people[place] as Person;
  return person.mergedInto === null ? person : heir(model, person.mergedInto);
}

/** What `pieces` more take back of something that belongs to the whole line, by running totals. */
function share(whole: number, { quantity, back }: SoldLine, pieces: number): number {
  return scale(whole, back + pieces, quantity) - scale(whole, back, quantity);
}

export function bookSale(model: ShopModel, sale: SoldLine): void {
  const person = heir(model, sale.buyer);
  person.points += sale.earned - sale.redeemed;
  if (sale.paidBy === 'stored-value') person.value -= sale.amount;
  if (sale.paidBy === 'session') person.sessions -= sale.quantity;
  if (sale.coupon) model.coupons = model.coupons.filter((code) => code !== sale.coupon);
  model.sales.push(sale);
}

/** @returns the money that goes back */
export function bookRefund(model: ShopModel, sale: SoldLine, pieces: number): number {
  const person = heir(model, sale.buyer);
  const money = share(sale.amount, sale, pieces);
  person.points += share(sale.redeemed, sale, pieces) - share(sale.earned, sale, pieces);
  if (sale.paidBy === 'stored-value') person.value += money;
  if (sale.paidBy === 'session') person.sessions += pieces;
  sale.back += pieces;
  if (sale.coupon && sale.back === sale.quantity) model.coupons.push(sale.coupon);
  return money;
}

/** Why the member cannot have the gift; null = he can. */
export function refusalOf(model: ShopModel, place: number): string | null {
  const person = heir(model, place);
  const had = model.kept.filter(({ member }) => heir(model, member) === person).length;
  if (had >= GIFT.limit) return 'gift_limit_reached';
  if (model.gift.stock < 1) return 'gift_out_of_stock';
  return person.points < GIFT.points ? 'points_not_enough' : null;
}

export function bookGift(model: ShopModel, place: number, id: string): void {
  heir(model, place).points -= GIFT.points;
  model.gift.stock -= 1;
  model.kept.push({ id, member: place, isPast: false });
}

export function bookGiftBack(model: ShopModel, gift: KeptGift): void {
  heir(model, gift.member).points += GIFT.points;
  model.gift.stock += 1;
  model.kept = model.kept.filter((each) => each !== gift);
}

/** All that the member has run out; what he owes stays owed. */
export function runOut(model: ShopModel, place: number): void {
  const person = heir(model, place);
  person.points = Math.min(person.points, 0);
  for (const sale of model.sales) if (heir(model, sale.buyer) === person) sale.isPast = true;
  for (const gift of model.kept) if (heir(model, gift.member) === person) gift.isPast = true;
}

export function mergeInto(model: ShopModel, kept: number, duplicate: number): void {
  const [into, from] = [model.people[kept] as Person, model.people[duplicate] as Person];
  into.points += from.points;
  into.value += from.value;
  into.sessions += from.sessions;
  Object.assign(from, { points: 0, value: 0, sessions: 0, mergedInto: kept });
}
