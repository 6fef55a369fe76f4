import type en from '../en/archive';

const texts: typeof en = {
  action: '归档',
  restore: '恢复',
  title: '归档“{{title}}”？',
  text: '将停止使用并从列表中移除；历史保留，可随时恢复。',
  restoreTitle: '恢复“{{title}}”？',
  restoreText: '将重新可用，并出现在列表中。',
  failed: '未作任何更改',
};
export default texts;
