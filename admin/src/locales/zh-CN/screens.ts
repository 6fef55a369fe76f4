import type en from '../en/screens';

const texts: typeof en = {
  sections: {
    counter: '前台',
    members: '会员',
    catalogue: '商品',
    organisation: '组织',
    oversight: '监督',
  },
  till: '收银',
  members: '会员',
  transactions: '交易',
  shifts: '班次',
  products: '商品',
  services: '服务',
  'points-programmes': '积分方案',
  'earn-rules': '积分规则',
  tiers: '会员等级',
  'coupon-templates': '优惠券模板',
  'card-plans': '卡方案',
  cards: '会员卡',
  categories: '分类',
  'tax-classes': '税类',
  stores: '门店',
  tills: '收银台',
  staff: '员工',
  roles: '岗位',
  audit: '审计记录',
  imports: '数据导入',
  jobs: '定时任务',
};
export default texts;
