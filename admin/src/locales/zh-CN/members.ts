import type en from '../en/members';

const texts: typeof en = {
  history: '消费记录',
  noHistory: '还没有消费记录。',
  reveal: '查看完整信息',
  revealTitle: '查看个人信息',
  revealText: '查看会计入次数，并连同您的姓名和理由写入审计记录。',
  revealFields: '内容',
  revealNone: '请至少选择一项',
  revealReason: '为什么需要查看？',
  revealExample: '例如：会员要求回电',
  revealReasonMissing: '请说明理由，至少两个字',
  revealEmpty: '未填写',
};
export default texts;
