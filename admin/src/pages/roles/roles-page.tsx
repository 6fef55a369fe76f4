import { useQuery } from '@tanstack/react-query';
import type { Role } from '@tessera/access/contracts';
import { Alert, Card, Collapse, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../components/loading';
import { useCurrency } from '../../components/money';
import { Page } from '../../components/page';
import { FailedScreen } from '../../components/refusal';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { pick } from '../../providers/i18n';
import { useResources } from '../../resources/schema';
import { usePermissionCatalogue, type Permission } from '../../resources/permission-catalogue';
import { describeRole } from './describe-role';

type Grant = Role['grants'][number];

const RISKS: Record<Permission['risk'], string> = { low: 'default', medium: 'blue', high: 'orange', critical: 'red' };

function useRoles() {
  return useQuery({ queryKey: ['roles'], queryFn: async () => (await http.get<Role[]>('/api/access/roles')).data });
}

/** Field names in the words of the resource, where the person may see the resource. */
function useFieldLabels(): (permission: string, field: string) => string {
  const { data = [] } = useResources();
  const { t, i18n } = useTranslation();
  return (permission, name) => {
    const resource = data.find((item) => permission.startsWith(`${item.permission}.`));
    const field = resource?.fields.find(
      (item) => item.name === name || item.name === `${name}Id` || item.name === `${name}Ids`,
    );
    if (field) return pick(field.label);
    return i18n.exists(`roles.fields.${name}`) ? t(`roles.fields.${name}`) : name;
  };
}

function FieldSummary({
  grant,
  permission,
  labelOf,
}: {
  grant: Grant;
  permission: Permission;
  labelOf: ReturnType<typeof useFieldLabels>;
}) {
  const { t } = useTranslation();
  const read = Object.entries(grant.read ?? {}).map(([field, visibility]) =>
    t(`roles.visibility.${visibility}`, {
      field: field === '*' ? t('roles.everyField') : labelOf(permission.code, field),
    }),
  );
  const write = (grant.write ?? []).map((field) =>
    field === '*' ? t('roles.everyField') : labelOf(permission.code, field),
  );
  return (
    <>
      {read.length > 0 && <div>{t('roles.reads', { fields: read.join(t('refusal.separator')) })}</div>}
      {write.length > 0 && <div>{t('roles.writes', { fields: write.join(t('refusal.separator')) })}</div>}
    </>
  );
}

function GrantTable({ role, catalogue }: { role: Role; catalogue: Permission[] }) {
  const { t } = useTranslation();
  const labelOf = useFieldLabels();
  const byCode = new Map(catalogue.map((permission) => [permission.code, permission]));
  return (
    <Table<Grant>
      rowKey="permission"
      size="small"
      pagination={false}
      dataSource={role.grants}
      columns={[
        {
          key: 'permission',
          title: t('roles.permission'),
          render: (_value, grant) => {
            const permission = byCode.get(grant.permission);
            return permission ? `${pick(permission.module)} · ${pick(permission.label)}` : t('roles.unknown');
          },
        },
        {
          key: 'risk',
          title: t('roles.risk'),
          render: (_value, grant) => {
            const risk = byCode.get(grant.permission)?.risk ?? 'low';
            return <Tag color={RISKS[risk]}>{t(`roles.risks.${risk}`)}</Tag>;
          },
        },
        {
          key: 'scope',
          title: t('roles.reach'),
          render: (_value, grant) =>
            byCode.get(grant.permission)?.isStoreScoped ? t(`roles.scopes.${grant.scope}`) : t('roles.noStore'),
        },
        {
          key: 'fields',
          title: t('roles.fieldsTitle'),
          width: '32%',
          render: (_value, grant) => {
            const permission = byCode.get(grant.permission);
            return permission && <FieldSummary grant={grant} permission={permission} labelOf={labelOf} />;
          },
        },
        {
          key: 'reason',
          title: t('roles.reason'),
          width: '26%',
          render: (_value, grant) => grant.reason && pick(grant.reason),
        },
      ]}
    />
  );
}

function RoleCard({ role, catalogue }: { role: Role; catalogue: Permission[] }) {
  const { t } = useTranslation();
  const currency = useCurrency();
  const sentences = describeRole({ grants: role.grants, catalogue, currency, fieldLabel: useFieldLabels() });
  return (
    <Card
      size="small"
      title={<h2 style={{ fontSize: 16, margin: 0 }}>{pick(role.name)}</h2>}
      extra={t('roles.people', { count: role.people })}
      style={{ marginBottom: 16 }}
    >
      {role.description && <p>{pick(role.description)}</p>}
      {role.conflicts.length > 0 && (
        <Alert type="warning" showIcon message={t('roles.conflicts', { count: role.conflicts.length })} />
      )}
      {sentences.map(({ module, sentence }) => (
        <p key={module}>
          <strong>{module}</strong> {sentence}
        </p>
      ))}
      {role.grants.length > 0 && (
        <Collapse
          ghost
          size="small"
          items={[
            {
              key: 'grants',
              label: t('roles.details', { count: role.grants.length }),
              children: <GrantTable role={role} catalogue={catalogue} />,
            },
          ]}
        />
      )}
    </Card>
  );
}

/** Every role as a job description; the table of its grants is one click away. */
export default function RolesPage() {
  const { t } = useTranslation();
  const roles = useRoles();
  const catalogue = usePermissionCatalogue();
  const error = roles.error ?? catalogue.error;
  if (error) return <FailedScreen name="roles" error={toApiError(error)} />;
  if (!roles.data || !catalogue.data) return <Loading />;
  return (
    <Page title={t('screens.roles')}>
      {roles.data.map((role) => (
        <RoleCard key={role.id} role={role} catalogue={catalogue.data} />
      ))}
    </Page>
  );
}
