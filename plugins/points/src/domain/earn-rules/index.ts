import { birthdayMonth } from './birthday-month';
import { firstPurchase } from './first-purchase';
import type { EarnRuleKind } from './kind';
import { perItem } from './per-item';
import { perMoney } from './per-money';
import { perVisit } from './per-visit';
import { tier } from './tier';
import { topUp } from './top-up';
import { weekdayHour } from './weekday-hour';

/** Every kind there is. A new one is a file of its own and a line here (and an option of `kind` in the earn rule's schema). */
export const EARN_RULE_KINDS: readonly EarnRuleKind[] = [
  perMoney,
  perItem,
  perVisit,
  firstPurchase,
  weekdayHour,
  birthdayMonth,
  tier,
  topUp,
];
