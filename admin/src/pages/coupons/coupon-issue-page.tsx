import { DownloadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import type { Row } from '@tessera/backoffice/contracts';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { saveFile } from '../../components/save-file';
import { useMay } from '../../providers/access-control';
import { http } from '../../providers/http';
import RecordPage from '../resources/record-page';
import { VoidButton } from './void-button';

function DownloadCodes({ issueId }: { issueId: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const download = useMutation({
    mutationFn: async () =>
      (await http.get<Blob>(`/api/campaigns/coupon-issues/${issueId}/codes.csv`, { responseType: 'blob' })).data,
    onSuccess: (content) => saveFile(content, `coupons-${issueId}.csv`),
    onError: () => void message.error(t('coupons.downloadFailed')),
  });
  if (!useMay('coupons.export')) return null;
  return (
    <Button icon={<DownloadOutlined />} loading={download.isPending} onClick={() => download.mutate()}>
      {t('coupons.download')}
    </Button>
  );
}

function CouponsLink({ issueId }: { issueId: string }) {
  const { t } = useTranslation();
  if (!useMay('coupons.view')) return null;
  const query = new URLSearchParams({
    'filters[0][field]': 'issueId',
    'filters[0][operator]': 'eq',
    'filters[0][value]': issueId,
  });
  return <Link to={`/coupons?currentPage=1&pageSize=20&${query.toString()}`}>{t('coupons.ofIssue')}</Link>;
}

function Actions({ issue }: { issue: Row }) {
  const { t } = useTranslation();
  return (
    <>
      <DownloadCodes issueId={issue.id} />
      <VoidButton of={`coupon-issues/${issue.id}`} label={t('coupons.voidIssue')} text={t('coupons.voidIssueText')} />
    </>
  );
}

/** One issue of coupons: who, why, how many of them were used; its codes as a file, and its end. */
export default function CouponIssuePage() {
  return (
    <RecordPage
      name="coupon-issues"
      extras={(row) => ({ actions: <Actions issue={row} />, below: <CouponsLink issueId={row.id} /> })}
    />
  );
}
