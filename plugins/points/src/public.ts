import type { Core } from '@strapi/strapi';
import type { RuleBook } from './domain/facts';
import type { LotDates } from './domain/lot-dates';

export interface ExpiryOptions {
  /** Lots in one short transaction. */
  batch?: number;
  /** Only this member's: before points are taken from him by anything but a sale. */
  memberId?: string | null;
}

/** Points that somebody is given outside a sale. */
export interface PointsGiven {
  memberId: string;
  amount: number;
  /** So many days they last; null = as long as earned ones. */
  days: number | null;
  /** Of the journal; kebab-case. */
  kind: string;
  /** What members and staff read as the reason. */
  label: { zh: string; en: string };
  /** In whose books. */
  store: { id: string; timeZone: string; dayCutoff: string };
  now: Date;
}

/** A gift that is ready: `tessera.give_points(jsonb)` books it in the caller's statement, after it held the member. */
export interface PointsGift extends LotDates {
  journal: { id: string; [field: string]: unknown };
  memberId: string;
  amount: number;
  rule: string;
  label: { zh: string; en: string };
}

/**
 * What other plugins may use of points. Facts and moves go with the caller's own statements: `tessera.points_facts(member, now)`
 * in its load, `tessera.move_points(jsonb)` (`PointsMove`) after it posted the journal with `pointsPostings`.
 */
export interface Points {
  /** The programme and the earn rules, from the cache of that version (`PointsHolding.version`). */
  ruleBook(version: number): Promise<RuleBook>;
  giftOf(gift: PointsGiven): Promise<PointsGift>;
  /** Writes off what has run out by `now`; may run late or twice. */
  expireLots(now: Date, options?: ExpiryOptions): Promise<{ lots: number; points: number }>;
  /** Pieces of a gift for a store, for set-up code that acts for nobody (demo store); the same key again does nothing. */
  stockGift(delivery: { giftId: string; storeId: string; quantity: number; key: string; now: Date }): Promise<void>;
}

export function points(strapi: Core.Strapi): Points {
  return strapi.plugin('points').service('points') as Points;
}
