import type { ImportProfile } from '../profile';
import { COLUMNS, readRow } from './read-row';
import { itemKind, settleInvoice } from './settle-invoice';

/** UCI Machine Learning Repository, Online Retail (Daqing Chen, 2015). Every choice is explained in docs/adr/0004. */
export const onlineRetail: ImportProfile = {
  code: 'online-retail',
  label: { en: 'Online Retail (UCI)', zh: 'Online Retail(UCI)' },
  description: {
    en: 'Invoice lines of a UK wholesaler as CSV, gzipped or plain, one line per item, amounts in pounds.',
    zh: '英国批发商的发票明细 CSV(可为 gzip),每行一件商品,金额单位为英镑。',
  },
  columns: COLUMNS,
  currency: 'GBP',
  storeCode: 'UK',
  timeZone: 'Europe/London',
  dayCutoff: '00:00',
  storeName: { en: 'Online Retail UK (imported)', zh: '英国线上零售(导入)' },
  readRow,
  itemKind,
  settle: settleInvoice,
  memberNo: (customerNo) => `UK${customerNo}`,
  memberName: (customerNo) => `Customer ${customerNo}`,
  memberTags: (countries) => [...countries].filter((country) => country !== '').sort(),
};
