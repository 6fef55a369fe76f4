import { couponDates, type GivenCoupons, type TemplateTerms } from '@tessera/campaigns/domain';
import { endOfValidity } from '@tessera/cards/domain';
import { multiply } from '@tessera/kernel/domain';
import { lotDates } from '@tessera/points/domain';
import type { Quote } from '../contracts';
import type { SaleFacts } from './facts';
import type { CardLine } from './pricing/card-lines';
import type { PricingContext } from './pricing/pricing';
import { cardBonusNotGiven } from './refusals';

type Shown = Quote['bonuses'][number];
type Moment = Pick<PricingContext, 'facts' | 'store' | 'now'>;

/** What comes with a line that tops up; of coupons also what they promise. */
export interface TopUpBonus extends Shown {
  coupons: (Omit<GivenCoupons, 'id' | 'codes'> & { count: number }) | null;
}

/** Points are given by the programme of the shop, in its currency. */
export function bonusProgramme({ points }: Pick<SaleFacts, 'points'>, currency: string) {
  const programme = points?.book.programme;
  return programme && programme.currency === currency ? programme : null;
}

/** Null: coupons of the template are not issued now. */
function templateNow(facts: SaleFacts, id: string | null | undefined, now: Date) {
  const template: TemplateTerms | undefined = id ? facts.bonusTemplates?.[id] : undefined;
  if (!template?.isActive) return null;
  const dates = couponDates(template, { now, timeZone: template.timeZone });
  return dates.validUntil !== null && dates.validUntil <= dates.validFrom ? null : { ...template, ...dates };
}

function bonusOf({ plan, parts, line }: CardLine, { facts, store, now }: Moment): TopUpBonus | null {
  const { lineNo, quantity, sku } = line;
  const at = { now, timeZone: store.timeZone };
  const kind = plan.bonusKind ?? 'money';
  const label = { zh: plan.nameZh, en: plan.nameEn };
  const amount = multiply(kind === 'money' ? plan.bonus : (plan.bonusCount ?? 0), quantity);
  if (plan.kind !== 'stored-value' || amount === 0) return null;
  const bonus = { lineNo, kind, amount, label, instalments: null, validUntil: null, coupons: null };
  if (kind === 'money') return { ...bonus, instalments: plan.bonusInstalments ?? null };
  if (kind === 'points') {
    const programme = bonusProgramme(facts, store.currency);
    if (!programme) throw cardBonusNotGiven({ lineNo, reason: 'no-programme' });
    return { ...bonus, validUntil: lotDates(programme, at).expiresAt };
  }
  if (kind === 'sessions') {
    const [gift] = parts;
    if (!gift) return null;
    const validUntil = endOfValidity(gift.validityDays, at);
    return { ...bonus, label: { zh: gift.nameZh, en: gift.nameEn }, validUntil };
  }
  const template = templateNow(facts, plan.bonusCouponId, now);
  if (!template) throw cardBonusNotGiven({ lineNo, reason: 'coupon-over' });
  const { terms, validFrom, validUntil } = template;
  const { templateId } = terms;
  const coupons = { lineNo, pieces: quantity, templateId, terms, validFrom, validUntil, reason: sku, count: amount };
  return { ...bonus, label: terms.label, validUntil, coupons };
}

/**
 * What the member is given on top of what he tops up, line by line: money on the card, points, coupons or sessions.
 * @throws card_bonus_not_given (422)
 */
export function topUpBonuses(sold: readonly CardLine[], moment: Moment): TopUpBonus[] {
  return sold.flatMap((line) => bonusOf(line, moment) ?? []);
}
