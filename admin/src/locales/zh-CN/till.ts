import type en from '../en/till';

const texts: typeof en = {
  title: '收银台',
};
export default texts;
