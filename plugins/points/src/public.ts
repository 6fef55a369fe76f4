import type { Core } from '@strapi/strapi';
import type { RuleBook } from './domain/facts';

export interface ExpiryOptions {
  /** Lots in one short transaction. */
  batch?: number;
  /** Only this member's: before points are taken from him by anything but a sale. */
  memberId?: string | null;
}

/**
 * What other plugins may use of points. Facts and moves go with the caller's own statements: `tessera.points_facts(member, now)`
 * in its load, `tessera.move_points(jsonb)` (`PointsMove`) after it posted the journal with `pointsPostings`.
 */
export interface Points {
  /** The programme and the earn rules, from the cache of that version (`PointsHolding.version`). */
  ruleBook(version: number): Promise<RuleBook>;
  /** Writes off what has run out by `now`; may run late or twice. */
  expireLots(now: Date, options?: ExpiryOptions): Promise<{ lots: number; points: number }>;
}

export function points(strapi: Core.Strapi): Points {
  return strapi.plugin('points').service('points') as Points;
}
