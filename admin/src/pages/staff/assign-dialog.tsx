import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AssignableRole } from '@tessera/access/contracts';
import { Alert, Button, DatePicker, Form, Input, Modal, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../../components/instant';
import { ErrorNotice } from '../../components/refusal';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { nameOf, pick } from '../../providers/i18n';
import { useMe, useStore } from '../../providers/me';
import { inZone } from '../resources/zoned-time';

/** Stands for "all stores" in the select, whose values are texts. */
const ALL_STORES = 'all';

interface Values {
  storeId: string;
  roleId?: string;
  period?: [Dayjs | null, Dayjs | null] | null;
  reason?: string;
}

/** Every role, and whether I may give it in that store to that person. */
function useAssignableRoles(storeId: string, staffId: string) {
  return useQuery({
    queryKey: ['assignable', storeId, staffId],
    queryFn: async () => {
      const params = { staffId, ...(storeId === ALL_STORES ? {} : { storeId }) };
      return (await http.get<AssignableRole[]>('/api/access/roles/assignable', { params })).data;
    },
  });
}

function RefusalOfRole({ role }: { role: AssignableRole }) {
  const { t } = useTranslation();
  if (!role.refusal) return null;
  const { code, permissions } = role.refusal;
  return (
    <div className="secondary" style={{ whiteSpace: 'normal' }}>
      {t(`staff.refusals.${code}`)}
      {permissions.length > 0 &&
        ` ${permissions.map((permission) => pick(permission.label)).join(t('refusal.separator'))}`}
    </div>
  );
}

function RoleSelect({
  roles,
  id,
  value,
  onChange,
}: {
  roles: AssignableRole[];
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      placeholder={t('fields.choose')}
      optionLabelProp="title"
      options={roles.map((role) => ({
        value: role.roleId,
        title: pick(role.name),
        disabled: !role.isAssignable,
        label: (
          <>
            <div>{pick(role.name)}</div>
            <RefusalOfRole role={role} />
          </>
        ),
      }))}
    />
  );
}

/** What will happen, before it is saved. */
function Consequence({ name, values, roles }: { name: string; values: Values; roles: AssignableRole[] }) {
  const { t } = useTranslation();
  const stores = useMe()?.stores ?? [];
  const role = roles.find((item) => item.roleId === values.roleId);
  if (!role) return null;
  const store = stores.find((item) => item.id === values.storeId);
  const [from, until] = values.period ?? [];
  const text = t('staff.consequence', {
    name,
    role: pick(role.name),
    store: store ? nameOf(store) : t('staff.allStores'),
    from: from ? from.format('YYYY-MM-DD') : t('staff.now'),
    until: until ? until.format('YYYY-MM-DD') : t('staff.withdrawn'),
  });
  return (
    <Alert
      type="info"
      message={text}
      description={role.description && pick(role.description)}
      style={{ marginBottom: 16 }}
    />
  );
}

function toRequest(staffId: string, values: Values, timeZone: string) {
  const [from, until] = values.period ?? [];
  return {
    staffId,
    roleId: values.roleId,
    storeId: values.storeId === ALL_STORES ? null : values.storeId,
    validFrom: from ? inZone(from.format('YYYY-MM-DDT00:00:00'), timeZone) : null,
    validUntil: until ? inZone(until.format('YYYY-MM-DDT23:59:59'), timeZone) : null,
    ...(values.reason?.trim() ? { reason: values.reason.trim() } : {}),
  };
}

/** Gives a person a role, for a store and a period. */
export function AssignDialog({
  staffId,
  staffName,
  onClose,
}: {
  staffId: string;
  staffName: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const timeZone = useTimeZone();
  const stores = useMe()?.stores ?? [];
  const current = useStore();
  const [form] = Form.useForm<Values>();
  const values: Values = Form.useWatch([], form) ?? { storeId: current?.id ?? ALL_STORES };
  const { data: roles = [], error: rolesError } = useAssignableRoles(values.storeId, staffId);
  const { mutate, error, isPending } = useMutation({
    mutationFn: (wanted: Values) => http.post('/api/access/assignments', toRequest(staffId, wanted, timeZone)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['assignments'] });
      onClose();
    },
  });
  const failure = error ?? rolesError;
  const storeOptions = [
    ...stores.map((store) => ({ value: store.id, label: nameOf(store) })),
    { value: ALL_STORES, label: t('staff.allStores') },
  ];
  return (
    <Modal open title={t('staff.assignTitle', { name: staffName })} footer={null} onCancel={onClose}>
      {failure && <ErrorNotice error={toApiError(failure)} />}
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ storeId: current?.id ?? ALL_STORES }}
        onFinish={mutate}
        style={{ marginTop: 16 }}
      >
        <Form.Item name="storeId" label={t('staff.store')}>
          <Select options={storeOptions} onChange={() => form.setFieldValue('roleId', undefined)} />
        </Form.Item>
        <Form.Item name="roleId" label={t('staff.role')} rules={[{ required: true, message: t('staff.roleMissing') }]}>
          <RoleSelect roles={roles} />
        </Form.Item>
        <Form.Item name="period" label={t('staff.period')} extra={t('staff.periodHint')}>
          <DatePicker.RangePicker aria-label={t('staff.period')} allowEmpty={[true, true]} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="reason" label={t('staff.reason')}>
          <Input maxLength={200} />
        </Form.Item>
        <Consequence name={staffName} values={values} roles={roles} />
        <Button type="primary" htmlType="submit" block loading={isPending}>
          {t('staff.assign')}
        </Button>
      </Form>
    </Modal>
  );
}
