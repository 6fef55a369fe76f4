import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Assignment } from '@tessera/access/contracts';
import { App, Button, Empty, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../components/instant';
import { ErrorNotice } from '../../components/refusal';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { pick } from '../../providers/i18n';
import { AssignDialog } from './assign-dialog';

function Period({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const { validFrom, validUntil } = assignment;
  if (!validFrom && !validUntil) return <>{t('staff.unlimited')}</>;
  return (
    <>
      {validFrom && (
        <div>
          {t('staff.from')} <Instant iso={validFrom} />
        </div>
      )}
      {validUntil && (
        <div>
          {t('staff.until')} <Instant iso={validUntil} />
        </div>
      )}
    </>
  );
}

function EndButton({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const { modal, notification } = App.useApp();
  const queries = useQueryClient();
  const { mutateAsync } = useMutation({ mutationFn: () => http.delete(`/api/access/assignments/${assignment.id}`) });
  const role = pick(assignment.roleName);
  const store = assignment.storeName ? pick(assignment.storeName) : t('staff.allStores');

  async function end(): Promise<void> {
    try {
      await mutateAsync();
      await queries.invalidateQueries({ queryKey: ['assignments'] });
    } catch (error) {
      notification.error({ message: t('staff.endFailed'), description: toApiError(error).message });
    }
  }
  function ask(): void {
    modal.confirm({
      title: t('staff.endTitle', { role }),
      content: t('staff.endText', { name: assignment.staffName, role, store }),
      okText: t('staff.end'),
      okButtonProps: { danger: true },
      onOk: end,
    });
  }
  return (
    <Button size="small" danger onClick={ask}>
      {t('staff.end')}
    </Button>
  );
}

/** Who holds which role, where and for how long; without `staffId` of everybody one may see. */
export function AssignmentList({ staffId, staffName }: { staffId: string; staffName: string }) {
  const { t } = useTranslation();
  const [isAssigning, setAssigning] = useState(false);
  const mayManage = useMay('assignments.manage');
  const { data, error, isLoading } = useQuery({
    queryKey: ['assignments', staffId],
    queryFn: async () => (await http.get<Assignment[]>('/api/access/assignments', { params: { staffId } })).data,
  });
  if (error) return <ErrorNotice error={toApiError(error)} />;
  return (
    <>
      {mayManage && (
        <div className="page-bar">
          <Button icon={<PlusOutlined />} onClick={() => setAssigning(true)}>
            {t('staff.assign')}
          </Button>
        </div>
      )}
      <Table<Assignment>
        rowKey="id"
        size="small"
        loading={isLoading}
        dataSource={data ?? []}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('staff.noAssignments')} /> }}
        columns={[
          { key: 'role', title: t('staff.role'), render: (_value, item) => pick(item.roleName) },
          {
            key: 'store',
            title: t('staff.store'),
            render: (_value, item) => (item.storeName ? pick(item.storeName) : t('staff.allStores')),
          },
          { key: 'period', title: t('staff.period'), render: (_value, item) => <Period assignment={item} /> },
          { key: 'by', title: t('staff.assignedBy'), render: (_value, item) => item.assignedBy ?? '–' },
          ...(mayManage
            ? [
                {
                  key: 'actions',
                  title: <span className="visually-hidden">{t('staff.end')}</span>,
                  align: 'right' as const,
                  render: (_value: unknown, item: Assignment) => <EndButton assignment={item} />,
                },
              ]
            : []),
        ]}
      />
      {isAssigning && <AssignDialog staffId={staffId} staffName={staffName} onClose={() => setAssigning(false)} />}
    </>
  );
}
