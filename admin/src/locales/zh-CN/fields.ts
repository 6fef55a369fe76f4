import type en from '../en/fields';

const texts: typeof en = {
  masked: '已隐藏：您的岗位不可查看',
  unnamed: '您不可见',
  archived: '已归档',
  archivedOnly: '仅已归档',
  yes: '是',
  no: '否',
  image: '图片',
  minutes: '{{count}} 分钟',
  minuteUnit: '分钟',
  choose: '请选择',
  nothingFound: '没有结果',
};
export default texts;
