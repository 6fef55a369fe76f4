import type { Row } from '@tessera/backoffice/contracts';
import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../providers/access-control';
import RecordPage from '../resources/record-page';
import { AssignmentList } from './assignment-list';

function Assignments({ profile }: { profile: Row }) {
  const { t } = useTranslation();
  const maySee = useMay('assignments.view');
  const userId = profile['userId'];
  if (!maySee) return null;
  return (
    <Card size="small" title={t('staff.assignments')}>
      {userId ? (
        <AssignmentList staffId={String(userId)} staffName={String(profile['name'] ?? '')} />
      ) : (
        <Alert type="info" showIcon message={t('staff.noAccount')} />
      )}
    </Card>
  );
}

/** A person on the staff: the profile, and which roles they hold where and until when. */
export default function StaffPage() {
  return <RecordPage name="staff" extras={(row) => ({ below: <Assignments profile={row} /> })} />;
}
