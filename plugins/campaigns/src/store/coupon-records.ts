import type { RecordField, RecordResource } from '@tessera/backoffice/public';
import { COUPON_STATUSES } from '../contracts';
import { couponStatus } from './coupon-state';

type Label = RecordField['label'];

const instant = (name: string, sql: string, label: Label): RecordField => ({
  name,
  type: 'datetime',
  label,
  sql,
  isSortable: true,
  isFilterable: true,
});
const link = (name: string, reference: string, sql: string, label: Label): RecordField => ({
  name,
  type: 'relation',
  reference,
  label,
  sql,
  isFilterable: true,
});

const TEMPLATE: Label = { zh: '模板', en: 'Template' };

/** Every coupon there is. Its code is as good as what it takes off, so it is masked unless a role says otherwise. */
export const COUPON_RECORDS: RecordResource = {
  resource: 'coupons',
  label: { zh: '优惠券', en: 'Coupons' },
  permission: 'coupons',
  title: { zh: 'code', en: 'code' },
  from: 'tessera.coupon c JOIN tessera.coupon_issue i ON i.id = c.issue_id',
  id: 'c.id::text',
  store: null,
  staff: null,
  defaultSort: { field: 'issuedAt', order: 'desc' },
  fields: [
    {
      name: 'code',
      type: 'string',
      label: { zh: '券码', en: 'Code' },
      sql: 'c.code',
      isPersonal: true,
      mask: 'text',
      isFilterable: true,
      isSearchable: true,
    },
    link('template', 'coupon-templates', 'i.template_id', TEMPLATE),
    {
      name: 'status',
      type: 'enumeration',
      options: [...COUPON_STATUSES],
      label: { zh: '状态', en: 'Status' },
      sql: couponStatus('c', 'now()'),
      isFilterable: true,
    },
    link('member', 'members', 'c.member_id', { zh: '会员', en: 'Member' }),
    instant('validFrom', 'c.valid_from', { zh: '生效时间', en: 'Valid from' }),
    instant('validUntil', 'c.valid_until', { zh: '截止时间', en: 'Valid until' }),
    instant('issuedAt', 'i.issued_at', { zh: '发放时间', en: 'Issued' }),
    {
      name: 'issueId',
      type: 'string',
      label: { zh: '批次', en: 'Issue' },
      sql: 'c.issue_id::text',
      isFilterable: true,
    },
  ],
};

/** Batches and issues to members: who, when, why, and what became of them. */
export const COUPON_ISSUE_RECORDS: RecordResource = {
  resource: 'coupon-issues',
  label: { zh: '优惠券发放', en: 'Coupon issues' },
  permission: 'coupon-issues',
  title: { zh: 'reason', en: 'reason' },
  from: 'tessera.coupon_issue i',
  id: 'i.id::text',
  store: null,
  staff: 'i.staff_id::text',
  defaultSort: { field: 'issuedAt', order: 'desc' },
  fields: [
    { name: 'reason', type: 'string', label: { zh: '原因', en: 'Reason' }, sql: 'i.reason', isSearchable: true },
    link('template', 'coupon-templates', 'i.template_id', TEMPLATE),
    {
      name: 'kind',
      type: 'enumeration',
      options: ['batch', 'members', 'birthday', 'with-top-up'],
      label: { zh: '方式', en: 'Kind' },
      sql: 'i.kind',
      isFilterable: true,
    },
    { name: 'count', type: 'integer', unit: 'count', label: { zh: '张数', en: 'Coupons' }, sql: 'i.count' },
    {
      name: 'used',
      type: 'integer',
      unit: 'count',
      label: { zh: '已使用', en: 'Used' },
      sql: `(SELECT count(*) FROM tessera.coupon c WHERE c.issue_id = i.id AND c.state = 'used')`,
    },
    instant('issuedAt', 'i.issued_at', { zh: '发放时间', en: 'Issued' }),
    { name: 'staffName', type: 'string', label: { zh: '发放人', en: 'Issued by' }, sql: 'i.staff_name' },
    instant('validFrom', 'i.valid_from', { zh: '生效时间', en: 'Valid from' }),
    instant('validUntil', 'i.valid_until', { zh: '截止时间', en: 'Valid until' }),
  ],
};
