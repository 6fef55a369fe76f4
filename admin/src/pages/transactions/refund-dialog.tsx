import { RollbackOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import type { RefundState, Transaction } from '@tessera/checkout/contracts';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../../providers/access-control';
import { leftOf, RefundForm } from './refund-form';

/** Takes back pieces of a sale; shown to whom it is permitted, while there is something to take back. */
export function RefundButton({ sale, state }: { sale: Transaction; state: RefundState }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const mayRefund = useMay('checkout.refund', sale.storeId);
  if (!mayRefund || sale.kind !== 'sale' || sale.lines.every((line) => leftOf(line, state) === 0)) return null;
  async function done(id: string): Promise<void> {
    setOpen(false);
    await queries.invalidateQueries();
    await navigate(`/transactions/${id}`);
  }
  return (
    <>
      <Button icon={<RollbackOutlined />} onClick={() => setOpen(true)}>
        {t('refunds.do')}
      </Button>
      <Modal
        open={isOpen}
        title={t('refunds.title', { number: sale.number })}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(false)}
      >
        <RefundForm sale={sale} state={state} onDone={({ id }) => void done(id)} />
      </Modal>
    </>
  );
}
