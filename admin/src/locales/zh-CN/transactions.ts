import type en from '../en/transactions';

const texts: typeof en = {
  item: '项目',
  quantity: '数量',
  unitPrice: '单价',
  taxIncluded: '含税',
  amount: '金额',
  list: '原价合计',
  discount: '折扣',
  rounding: '现金取整',
  paid: '合计',
  change: '找零 ',
  time: '时间',
  businessDay: '营业日',
  store: '门店',
  till: '收银台',
  staff: '收银员',
  member: '会员',
  guest: '散客',
  print: '打印小票',
  printFailed: '小票未能打印',
  refunds: '被退款的销售',
  exchangedFor: '换走商品的销售',
  exchangedFrom: '抵扣本单的退货',
  receipt: '小票',
};
export default texts;
