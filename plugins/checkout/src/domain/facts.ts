import type { CouponHolding, TemplateTerms } from '@tessera/campaigns/domain';
import type { CardsFacts } from '@tessera/cards/domain';
import type { Tier, TierHolding } from '@tessera/members/domain';
import type { EarningMember, PointsFacts } from '@tessera/points/domain';

/** What the shop knows about a cart at one moment: loaded in one place, decided upon in pure functions. */
export interface StoreFacts {
  id: string;
  currency: string;
  /** IANA name. */
  timeZone: string;
  /** `HH:MM`, store time. */
  dayCutoff: string;
  /** Smallest amount that is paid in cash, in minor units. */
  cashRounding: number;
  /** It sells and refunds only within an open shift of the till. */
  needsOpenShift: boolean;
  /** From so much on, in minor units, stored value is paid with the member's PIN; null = never. */
  paymentPinFrom?: number | null;
  isOpen: boolean;
}

export interface TillFacts {
  id: string;
  code: string;
  storeId: string | null;
  isOn: boolean;
}

export interface ItemFacts {
  id: string;
  kind: 'product' | 'service';
  sku: string;
  nameZh: string;
  nameEn: string;
  unitPrice: number;
  /** Basis points, contained in the price. */
  taxRate: number;
  isForSale: boolean;
}

export interface MemberFacts extends Omit<EarningMember, 'tier'> {
  id: string;
  memberNo: string;
  name: string;
  status: string;
}

export interface SaleFacts {
  store: StoreFacts | null;
  till: TillFacts | null;
  member: MemberFacts | null;
  items: ItemFacts[];
  /** documentIds of the items' categories by SKU; null = nobody earns or has a coupon, so nobody asks. */
  categories: Readonly<Record<string, string>> | null;
  /** Of the people the lines name, those who work here: documentIds of staff profiles. */
  staffIds: string[];
  /** What the member has, and the rules; null = nobody's. */
  points: PointsFacts | null;
  /** What the member's tier is judged by; null = nobody's, or there are none. */
  tiers: { book: readonly Tier[]; holding: TierHolding } | null;
  /** Coupons that were given, and those that the member has; null = there are none. */
  coupons: CouponHolding | null;
  /** Templates of the coupons that card plans in the cart give, by id; left out or null = none does. */
  bonusTemplates?: Readonly<Record<string, TemplateTerms>> | null;
  /** Card plans in the cart, and what the member has on cards. */
  cards: CardsFacts;
}
