export default {
  runNow: '立即运行',
  again: '重试',
  next: '下次运行：',
  never: '还没有运行过。',
  started: '开始时间',
  outcome: '状态',
  took: '用时',
  seconds: '{{seconds}} 秒',
  result: '结果',
  askedBy: '发起',
  schedule: '定时',
  failed: '最近一次运行失败：{{jobs}}。收银不受影响；请查看下方原因后重试。',
};
