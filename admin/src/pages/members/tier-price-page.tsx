import { CrownOutlined } from '@ant-design/icons';
import type { Row } from '@tessera/backoffice/contracts';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../providers/access-control';
import RecordPage from '../resources/record-page';

function ToTier({ price }: { price: Row }) {
  const { t } = useTranslation();
  if (!useMay('tiers.view') || typeof price['tierId'] !== 'string') return null;
  return (
    <Link to={`/tiers/${price['tierId']}`}>
      <Button icon={<CrownOutlined />}>{t('members.tier.prices.all')}</Button>
    </Link>
  );
}

/** One entry of a price list, and the way back to the whole of it. */
export default function TierPricePage() {
  return <RecordPage name="tier-prices" extras={(row) => ({ actions: <ToTier price={row} /> })} />;
}
