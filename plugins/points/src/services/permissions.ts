import type { PermissionDefinition } from '@tessera/access/domain';

const POINTS = {
  plugin: 'points',
  module: { zh: '积分', en: 'Points' },
  canBeApproved: false,
  needsReason: false,
  limits: [],
  fields: [],
} satisfies Partial<PermissionDefinition>;

/** What people may do with members' points, beside the programme and the rules, which are master data. */
export const POINTS_PERMISSIONS: PermissionDefinition[] = [
  {
    ...POINTS,
    code: 'points.view',
    label: { zh: '查看会员积分', en: "See a member's points" },
    risk: 'low',
    // A member may shop in every store.
    isStoreScoped: false,
  },
  {
    ...POINTS,
    code: 'points.adjust',
    label: { zh: '手动调整积分', en: 'Adjust points by hand' },
    risk: 'high',
    isStoreScoped: true,
    needsReason: true,
    canBeApproved: true,
    limits: [{ key: 'points', unit: 'count', label: { zh: '单次调整积分', en: 'Points at a time' } }],
  },
];
