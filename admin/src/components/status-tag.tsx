import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

const COLOURS: Record<string, string> = {
  active: 'green',
  on: 'green',
  allow: 'green',
  done: 'green',
  usable: 'green',
  upcoming: 'blue',
  used: 'blue',
  sale: 'blue',
  given: 'blue',
  running: 'blue',
  queued: 'blue',
  received: 'green',
  returned: 'gold',
  corrected: 'gold',
  approve: 'gold',
  frozen: 'gold',
  lost: 'red',
  'broken-off': 'gold',
  refund: 'red',
  void: 'red',
  deny: 'red',
  failed: 'red',
};

/** Every status of the product, as one kind of tag. */
export function StatusTag({ status }: { status: string }) {
  const { t } = useTranslation();
  return <Tag color={COLOURS[status] ?? 'default'}>{t(`statuses.${status}`, status)}</Tag>;
}
