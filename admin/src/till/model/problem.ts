import type { LocalizedText, Reason } from '@tessera/access/domain';
import type { Quote } from '@tessera/checkout/contracts';

/** Why the member's PIN stands in the way of stored value. */
export type PinReason = 'needed' | 'wrong' | 'locked' | 'not-set';

/** What stands in the way, as data; the screen says it in a sentence of the person's language. */
export type Problem =
  | {
      kind: 'not-permitted';
      permission: string;
      label: LocalizedText | null;
      /** True when somebody else's consent would be enough. */
      isApprovable: boolean;
      limit: Limit | null;
      isOutsideStore: boolean;
      couldAllow: LocalizedText[];
    }
  | { kind: 'price-changed'; before: Quote | null; after: Quote }
  | { kind: 'items-unavailable'; skus: string[] }
  | { kind: 'member-unavailable' }
  | { kind: 'cart-taken' }
  | { kind: 'already-sent' }
  | { kind: 'booked-by-other'; name: string }
  | { kind: 'discount-too-large' }
  | { kind: 'amount-too-large' }
  | { kind: 'staff-unavailable' }
  | { kind: 'coupon-not-usable'; refused: Quote['rejected'][number] }
  | { kind: 'card-blocked'; number: string; status: 'frozen' | 'lost' | 'closed'; couldHelp: LocalizedText[] }
  | { kind: 'payment-pin'; reason: PinReason; left: number }
  | { kind: 'till-closed' }
  | { kind: 'shift-needed' }
  | { kind: 'too-many-lines' }
  | { kind: 'payment-begun' }
  | { kind: 'unknown-barcode'; barcode: string }
  | { kind: 'device-memory' }
  | { kind: 'signed-out' }
  | { kind: 'unreachable' }
  | { kind: 'refused'; code: string };

const QUIET: ReadonlySet<Problem['kind']> = new Set([
  'too-many-lines',
  'payment-begun',
  'unknown-barcode',
  'device-memory',
]);

/** True when a line above the cart says it; the others need an answer and come as a sheet. */
export function isQuiet(problem: Problem): boolean {
  return QUIET.has(problem.kind);
}

/** `key` names the limit of the permission: `rate`, `reduction` (basis points) or `amount` (minor units). */
export interface Limit {
  key: string;
  allowed: number;
  asked: number;
}

/** One answer that was not a success: status 0 = no answer at all. */
export interface Refusal {
  status: number;
  code: string | null;
  details: unknown;
}

interface RefusalDetails {
  permission?: string;
  label?: LocalizedText | null;
  reasons?: Reason[];
  couldAllow?: LocalizedText[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function skusOf(details: unknown): string[] {
  if (!isRecord(details)) return [];
  if (typeof details.sku === 'string') return [details.sku];
  return Array.isArray(details.skus) ? details.skus.filter((sku): sku is string => typeof sku === 'string') : [];
}

/**
 * The limit that was passed: the widest one the person has. A limit of 0 from a grant that does not name it is
 * still a limit: "above your 0 %" tells the truth.
 */
export function widestLimit(reasons: readonly Reason[]): Limit | null {
  const limits = reasons.flatMap((reason) => (reason.code === 'above_limit' && reason.limit ? [reason.limit] : []));
  return limits.reduce<Limit | null>((widest, limit) => {
    return widest === null || limit.allowed > widest.allowed ? limit : widest;
  }, null);
}

function notPermitted(refusal: Refusal): Problem {
  const details = (isRecord(refusal.details) ? refusal.details : {}) as RefusalDetails;
  const reasons = Array.isArray(details.reasons) ? details.reasons : [];
  return {
    kind: 'not-permitted',
    permission: details.permission ?? '',
    label: details.label ?? null,
    isApprovable: refusal.code === 'approval_required',
    limit: widestLimit(reasons),
    isOutsideStore: reasons.some((reason) => reason.code === 'outside_scope'),
    couldAllow: Array.isArray(details.couldAllow) ? details.couldAllow : [],
  };
}

const itemsUnavailable = ({ details }: Refusal): Problem => ({ kind: 'items-unavailable', skus: skusOf(details) });

const cardBlocked = ({ details }: Refusal): Problem => ({
  kind: 'card-blocked',
  number: '',
  status: 'frozen',
  couldHelp: [],
  ...(isRecord(details) ? details : {}),
});

const paymentPin =
  (reason: PinReason) =>
  ({ details }: Refusal): Problem => ({
    kind: 'payment-pin',
    reason,
    left: isRecord(details) && typeof details.left === 'number' ? details.left : 0,
  });

const BY_CODE: Record<string, (refusal: Refusal) => Problem> = {
  forbidden: notPermitted,
  approval_required: notPermitted,
  unknown_sku: itemsUnavailable,
  inactive_item: itemsUnavailable,
  unknown_member: () => ({ kind: 'member-unavailable' }),
  member_not_active: () => ({ kind: 'member-unavailable' }),
  unknown_staff: () => ({ kind: 'staff-unavailable' }),
  coupon_not_usable: ({ details }) => ({
    kind: 'coupon-not-usable',
    refused: { code: '', reason: 'coupon_unknown', ...(isRecord(details) ? details : {}) },
  }),
  card_blocked: cardBlocked,
  payment_pin_needed: paymentPin('needed'),
  payment_pin_wrong: paymentPin('wrong'),
  payment_pin_locked: paymentPin('locked'),
  payment_pin_not_set: paymentPin('not-set'),
  unknown_store: () => ({ kind: 'till-closed' }),
  unknown_till: () => ({ kind: 'till-closed' }),
  shift_needed: () => ({ kind: 'shift-needed' }),
  discount_too_large: () => ({ kind: 'discount-too-large' }),
  amount_too_large: () => ({ kind: 'amount-too-large' }),
  held_cart_gone: () => ({ kind: 'cart-taken' }),
  unknown_held_cart: () => ({ kind: 'cart-taken' }),
  idempotency_key_reused: () => ({ kind: 'already-sent' }),
};

/** Translates a refusal of the server; total: an unknown one is `refused` with its code. */
export function problemOf(refusal: Refusal): Problem {
  const { status, code, details } = refusal;
  if (status === 0) return { kind: 'unreachable' };
  if (status === 401) return { kind: 'signed-out' };
  if (code === 'price_changed' && isRecord(details) && isRecord(details.quote)) {
    return { kind: 'price-changed', before: null, after: details.quote as Quote };
  }
  const translate = code !== null && Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  return translate ? translate(refusal) : { kind: 'refused', code: code ?? String(status) };
}

/**
 * True when the answer proves that nothing was booked. Silence, a fault of the server, a lost session and "slow down"
 * prove nothing: the sale may stand, so the same key and body must be sent again.
 */
export function provesNothingBooked({ status }: Refusal): boolean {
  return status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);
}
