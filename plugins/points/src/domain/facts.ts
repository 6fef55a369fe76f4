import type { Programme } from './programme';
import type { EarnRule } from './read-rule';

/** What holds of points at one moment, cached under the version it was read at. */
export interface RuleBook {
  /** Null: this shop has no programme. */
  programme: Programme | null;
  rules: readonly EarnRule[];
  /** Rules that do not apply because they cannot be understood. */
  problems: readonly { code: string; reason: string }[];
}

/** What a member has, as `tessera.points_facts` answers. */
export interface PointsHolding {
  /** Of the rule book. */
  version: number;
  /** What can be spent now. */
  available: number;
  /** Earned, does not count yet. */
  pending: number;
  /** What was earned lately, per business day and rule. */
  earned: readonly [businessDay: string, rule: string, points: number][];
}

export interface PointsFacts {
  book: RuleBook;
  holding: PointsHolding;
}
