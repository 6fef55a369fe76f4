export * from './booking';
export { earn, type EarnedLot, type PaidSale } from './earn';
export { EARN_RULE_KINDS } from './earn-rules';
export type { EarningMember } from './earning';
export * from './facts';
export { lotDates, type LotDates } from './lot-dates';
export * from './programme';
export { readRule, type EarnRule, type StoredRule } from './read-rule';
export * from './redeem';
