import type en from '../en/staff';

const texts: typeof en = {
  assignments: '担任的岗位',
  noAccount: '此人还没有登录账号，无法任命岗位。请先在档案中选择账号。',
  unlimited: '长期',
  from: '自',
  until: '至',
  allStores: '全部门店',
  end: '终止',
  endTitle: '终止岗位“{{role}}”？',
  endText: '{{name}} 将不再担任 {{store}} 的{{role}}，立即生效。',
  endFailed: '岗位未终止',
  assign: '任命岗位',
  assignTitle: '为 {{name}} 任命岗位',
  noAssignments: '还没有岗位：此人可以登录，但不能做任何操作。',
  role: '岗位',
  store: '门店',
  period: '有效期',
  assignedBy: '任命人',
  roleMissing: '请选择岗位',
  periodHint: '不填即长期有效',
  reason: '理由（写入审计记录）',
  now: '现在',
  withdrawn: '终止为止',
  consequence: '{{name}} 将担任 {{store}} 的{{role}}，自 {{from}} 至 {{until}}。',
  refusals: {
    outside_scope: '您无权在该范围任命岗位。',
    owner: '所有者在系统安装设置中指定。',
    above_ceiling: '超出您自己的权限：',
  },
};
export default texts;
