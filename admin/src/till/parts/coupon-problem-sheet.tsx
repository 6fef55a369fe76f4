import { useTranslation } from 'react-i18next';
import type { Problem } from '../model/problem';
import { useTill } from '../till-context';
import { CouponReason } from './coupon-reason';
import { KeyButton } from './key-button';
import { Sheet } from './sheet';

/** A coupon of the sale cannot be used any more: why, and the way on without it. */
export default function CouponProblemSheet({ refused }: Extract<Problem, { kind: 'coupon-not-usable' }>) {
  const { t } = useTranslation();
  const { dispatch } = useTill();
  const dismiss = () => dispatch({ type: 'dismiss' });
  return (
    <Sheet title={t('till.problem.coupon-not-usable.title')} onClose={dismiss}>
      <p className="till-statement">
        <CouponReason refused={refused} />
      </p>
      <p>{t('till.problem.coupon-not-usable.text')}</p>
      <KeyButton
        tone="primary"
        onClick={() => {
          dismiss();
          dispatch({ type: 'removeCoupon', code: refused.code });
        }}
      >
        {t('till.problem.coupon-not-usable.remove')}
      </KeyButton>
      <KeyButton tone="quiet" hint="Esc" onClick={dismiss}>
        {t('till.backToCart')}
      </KeyButton>
    </Sheet>
  );
}
