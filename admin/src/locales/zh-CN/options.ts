import type en from '../en/options';

const texts: typeof en = {
  gender: {
    female: '女',
    male: '男',
    other: '其他',
  },
  source: {
    counter: '前台',
    import: '导入',
    campaign: '营销活动',
    referral: '转介绍',
    online: '线上',
  },
  consentChannel: {
    paper: '纸质',
    'counter-screen': '前台屏幕',
    import: '导入',
    online: '线上',
  },
  state: {
    open: '未结',
    closed: '已结',
  },
  method: {
    cash: '现金',
    card: '银行卡',
    transfer: '转账',
    'stored-value': '储值',
    'spent-points': '扣回已用积分',
  },
  validity: { forever: '永久', days: '若干天', months: '若干个月', 'year-end': '到年底' },
  whenSpent: { debt: '欠积分', deduct: '从退款中扣除', refuse: '不予退款' },
  earningTenders: { cash: '现金', card: '银行卡', transfer: '转账', 'stored-value': '储值' },
  limitPeriod: { day: '天', week: '周', month: '月' },
  onRefund: { never: '不返还', 'all-returned': '商品全部退回时', 'minimum-missed': '剩余商品不满最低消费时' },
  bonusKind: { money: '赠金', points: '积分', coupons: '优惠券', sessions: '次数' },
  spendOrder: { 'principal-first': '先用本金', 'bonus-first': '先用赠金', 'in-proportion': '按比例' },
  starts: { sale: '售出当日', 'first-use': '首次使用当日' },
  usesPer: { day: '每日', week: '每周', month: '每月' },
  refundTerms: { unelapsed: '退未到期的天数', none: '使用后不退' },
  weekdays: { '1': '周一', '2': '周二', '3': '周三', '4': '周四', '5': '周五', '6': '周六', '7': '周日' },
  period: { days: '滚动周期', 'calendar-year': '自然年' },
  review: { daily: '每天检查，过宽限期后降级', 'year-end': '至次年年底前不降级' },
};
export default texts;
