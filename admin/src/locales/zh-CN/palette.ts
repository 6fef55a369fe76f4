import type en from '../en/palette';

const texts: typeof en = {
  placeholder: '前往哪里？',
  goTo: '前往{{screen}}',
  create: '新建：{{screen}}',
  signOut: '退出登录',
  theme: '切换深浅外观',
  language: '切换语言',
  nothing: '没有结果',
  keys: {
    palette: '打开命令面板',
    search: '搜索列表',
    rows: '在行间移动',
    open: '打开该行',
    help: '显示本帮助',
    escape: '关闭',
  },
};
export default texts;
