import type { CouponOffer } from '@tessera/checkout/contracts';
import { spelledCouponCode } from '@tessera/campaigns/contracts';
import { useTranslation } from 'react-i18next';
import { useTill } from '../till-context';

type Refused = Omit<CouponOffer, 'code' | 'label' | 'validUntil' | 'saving'>;

/** Days on the store's clock: the one on which a coupon begins, and the last one on which it counts. */
export function useCouponDays() {
  const { store } = useTill();
  const { i18n } = useTranslation();
  const { format } = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeZone: store.timeZone });
  return {
    first: (begins: string) => format(new Date(begins)),
    last: (ends: string) => format(new Date(Date.parse(ends) - 1)),
  };
}

/** `09:30`, other than an instant. */
const isTime = (text: string) => text.length === 5;

/** Why a coupon cannot be used, as a sentence: which condition failed, and by how much. */
export function CouponReason({ refused }: { refused: Refused }) {
  const { t } = useTranslation();
  const { money } = useTill();
  const { first, last } = useCouponDays();
  const { reason, minimum = 0, missing = 0, from = '', until = '', weekdays = [], by = '' } = refused;
  return (
    <>
      {t(`till.couponReasons.${reason ?? 'coupon_unknown'}`, {
        minimum: money.format(minimum),
        missing: money.format(missing),
        from: from && !isTime(from) ? first(from) : from,
        until: until && !isTime(until) ? last(until) : until,
        weekdays: weekdays.map((weekday) => t(`options.weekdays.${weekday}`)).join(t('till.separator')),
        by: spelledCouponCode(by),
      })}
    </>
  );
}
