import type en from '../en/refunds';

const texts: typeof en = {
  do: '退款',
  title: '退款：{{number}}',
  what: '退回的项目',
  left: '可退 {{count}}',
  everything: '全部退回',
  reason: '原因',
  way: '退款方式',
  asPaid: '原路退回',
  inCash: '现金退回',
  goesBack: '退给顾客',
  aboveLimit: '超出您的限额：须由有权限的人办理。',
  missing: '请填写退回的数量和原因。',
  history: '退款记录',
  by: '经办：{{name}}',
  reasons: {
    wrongItem: '商品错误',
    damaged: '商品破损',
    changedMind: '顾客改变主意',
    priceError: '价格错误',
    serviceComplaint: '对服务不满意',
  },
};
export default texts;
