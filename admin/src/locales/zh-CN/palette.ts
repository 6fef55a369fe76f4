import type en from '../en/palette';

const texts: typeof en = {
  title: '前往或查找',
  placeholder: '页面、会员或交易单号',
  goTo: '前往{{screen}}',
  startSale: '开始收银',
  signOut: '退出登录',
  theme: '切换深浅外观',
  language: '切换语言',
  nothing: '没有结果',
  count: '{{count}} 个结果',
  keys: {
    palette: '前往页面、查找会员或交易',
    search: '搜索列表',
    rows: '在行间移动',
    open: '打开该行',
    create: '新建',
    save: '保存',
    leave: '不保存并返回',
    help: '显示本帮助',
    escape: '关闭已打开的窗口',
  },
};
export default texts;
