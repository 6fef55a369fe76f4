import { InboxOutlined } from '@ant-design/icons';
import type { Row } from '@tessera/backoffice/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../providers/access-control';
import RecordPage from '../resources/record-page';
import { StockCard } from './stock-card';
import { StockDialog } from './stock-dialog';

function MoveStock({ gift }: { gift: Row }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (!useMay('gift-stock.move') || gift['counted'] !== true || gift.archived) return null;
  return (
    <>
      <Button icon={<InboxOutlined />} onClick={() => setOpen(true)}>
        {t('gifts.receive')}
      </Button>
      {isOpen && <StockDialog giftId={gift.id} onClose={() => setOpen(false)} />}
    </>
  );
}

/** A gift, what each store has of it, and why. */
export default function GiftPage() {
  return (
    <RecordPage
      name="gifts"
      extras={(row) => ({
        actions: <MoveStock gift={row} />,
        above: <StockCard giftId={row.id} isCounted={row['counted'] === true} />,
      })}
    />
  );
}
