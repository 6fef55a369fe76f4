import { BarcodeOutlined } from '@ant-design/icons';
import type { Row } from '@tessera/backoffice/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../providers/access-control';
import RecordPage from '../resources/record-page';
import { BatchDialog } from './issue-dialog';

function MakeCodes({ template }: { template: Row }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (!useMay('coupons.issue') || template['active'] !== true || template.archived) return null;
  return (
    <>
      <Button icon={<BarcodeOutlined />} onClick={() => setOpen(true)}>
        {t('coupons.makeCodes')}
      </Button>
      {isOpen && <BatchDialog templateId={template.id} onClose={() => setOpen(false)} />}
    </>
  );
}

/** A coupon template, and what is made of it: batches of codes. */
export default function CouponTemplatePage() {
  return <RecordPage name="coupon-templates" extras={(row) => ({ actions: <MakeCodes template={row} /> })} />;
}
