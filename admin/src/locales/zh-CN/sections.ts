import type en from '../en/sections';

const texts: typeof en = {
  identity: '基本信息',
  membership: '会籍',
  consent: '授权同意',
  note: '备注',
  price: '价格与税',
  selling: '销售',
  contact: '联系方式与小票',
  moneyAndTime: '货币与时间',
  redeeming: '抵扣',
  earning: '获得积分',
  benefit: '优惠内容',
  goods: '适用商品',
  combining: '同用与退款',
  limits: '使用限制',
  storedValue: '储值卡',
  sessions: '次卡与期限卡',
  timeCard: '期限卡',
  package: '套餐',
  when: '何时何地',
  work: '工作',
  more: '其他',
  reaching: '升级条件',
  keeping: '保级',
  perks: '权益',
};
export default texts;
