import type en from '../en/statuses';

const texts: typeof en = {
  active: '正常',
  frozen: '冻结',
  closed: '已注销',
  merged: '已合并',
  archived: '已归档',
  on: '启用',
  off: '停用',
  sale: '销售',
  refund: '退款',
  allow: '允许',
  approve: '需授权',
  deny: '拒绝',
  queued: '排队中',
  running: '进行中',
  cancelled: '已停止',
  failed: '失败',
  done: '完成',
  'per-money': '按消费金额',
  'per-item': '按商品或分类',
  'per-visit': '每次到店',
  'first-purchase': '首次消费',
  'weekday-hour': '指定星期和时段',
  'birthday-month': '生日月',
  tier: '会员等级',
};
export default texts;
