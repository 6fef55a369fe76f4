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
  },
};
export default texts;
