import type en from '../en/lists';

const texts: typeof en = {
  search: '搜索',
  filters: '筛选',
  archived: '已归档',
  columns: '列',
  resetColumns: '恢复默认列',
  clearFilters: '清除筛选',
  any: '不限',
  gte: '不小于',
  lte: '不大于',
  openPage: '打开详情',
  edit: '编辑',
  nothingMatches: '没有符合搜索和筛选条件的记录。',
  create: {
    members: '新建会员',
    products: '新建商品',
    services: '新建服务',
    categories: '新建分类',
    'tax-classes': '新建税类',
    stores: '新建门店',
    tills: '新建收银台',
    staff: '新建员工档案',
  },
  empty: {
    members: '会员是门店服务的顾客。可在前台新建第一位，或从文件导入。',
    transactions: '每笔销售和退款入账后都会出现在这里。',
    products: '商品是有货号和价格的货品；启用后会出现在收银台。',
    services: '服务由员工提供，有价格和时长。',
    categories: '分类就是收银台上的标签页。',
    'tax-classes': '税类是商品和服务共用的税率。',
    stores: '门店有自己的时区、货币和收银台；多数权限按门店授予。',
    tills: '收银台是门店登记的前台设备。',
    staff: '员工档案把登录账号与工号、门店对应起来。',
    audit: '还没有任何记录。',
  },
};
export default texts;
