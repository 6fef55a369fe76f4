import type { CalendarPeriod } from '@tessera/kernel/domain';

interface Label {
  zh: string;
  en: string;
}

/** A gift as people have set it, and what there is of it in one store, for one member. Instants ISO-8601 UTC. */
export interface Gift {
  /** documentId. */
  id: string;
  code: string;
  label: Label;
  /** Address of the picture; null = none. */
  imageUrl: string | null;
  isActive: boolean;
  points: number;
  /** Pieces in the store; null = not counted, there is always one. */
  stock: number | null;
  /** documentIds; none = every store. */
  storeIds: readonly string[];
  validFrom: string | null;
  /** The first instant at which it is not given any more. */
  validUntil: string | null;
  /** The lowest tier that gets it; null = everybody. */
  tier: { rank: number; label: Label } | null;
  limits: GiftLimits;
  /** Pieces that the member has had and kept, per business day, under any of his numbers. */
  taken: readonly [businessDay: string, pieces: number][];
}

/** Pieces of one gift that a member may have; null = as many as he has points for. */
export interface GiftLimits {
  perMember: number | null;
  period: CalendarPeriod;
  perMemberPerPeriod: number | null;
}

/** Who wants a gift, where and when. */
export interface GiftTaker {
  storeId: string;
  businessDay: string;
  now: Date;
  /** Points that count now. */
  available: number;
  /** Of his tier; null = he has none. */
  tierRank: number | null;
}

/** What a gift was handed out by: its limits at that moment, with the days of the period. */
export interface HandoutTerms {
  limitPerMember: number | null;
  limitPerPeriod: number | null;
  periodStartsOn: string | null;
  periodEndsOn: string | null;
}
