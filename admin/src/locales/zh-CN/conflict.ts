import type en from '../en/conflict';

const texts: typeof en = {
  title: '在此期间其他人已保存',
  text: '请对比两个版本，选择保留哪一个。',
  field: '字段',
  saved: '他人已保存',
  yours: '您的修改',
  mine: '用我的覆盖',
  theirs: '保留他人的',
  back: '回到表单',
};
export default texts;
