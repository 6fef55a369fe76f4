import type { Row } from '@tessera/backoffice/contracts';
import { useTranslation } from 'react-i18next';
import RecordPage from '../resources/record-page';
import { VoidButton } from './void-button';

function EndCoupon({ coupon }: { coupon: Row }) {
  const { t } = useTranslation();
  const isOpen = ['usable', 'upcoming', 'expired'].includes(String(coupon['status']));
  return isOpen ? (
    <VoidButton of={`coupons/${coupon.id}`} label={t('coupons.void')} text={t('coupons.voidText')} />
  ) : null;
}

/** One coupon. */
export default function CouponPage() {
  return <RecordPage name="coupons" extras={(row) => ({ actions: <EndCoupon coupon={row} /> })} />;
}
