import type en from '../en/notifications';

const texts: typeof en = {
  success: '完成',
  error: '未完成',
  createSuccess: '已创建',
  createError: '未创建',
  editSuccess: '已保存',
  editError: '未保存',
  deleteSuccess: '已归档',
  deleteError: '未归档',
};
export default texts;
