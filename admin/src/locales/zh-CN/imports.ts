import type en from '../en/imports';

const texts: typeof en = {
  start: '导入文件',
  profile: '文件类型',
  choose: '选择文件并开始',
  columns: '列：{{columns}}',
  cancel: '停止',
  resume: '继续',
  progress: '进度',
  phases: {
    scan: '读取文件',
    goods: '门店、会员与商品',
    book: '入账',
  },
  rows: '{{count}} 行',
  secondsLeft: '剩余 {{count}} 秒',
  empty: '尚未导入过文件。导入可把其他系统的会员、商品和历史交易按原日期入账。',
  exact: '文件内容全部对平。',
  differs: '合计相差 {{difference}}。',
  sum: '文件 {{total}} = 入账 {{booked}} + 搁置 {{setAside}}',
  stopped: '导入中断。点“继续”可从中断处恢复。',
  unchanged: '文件内容此前已全部入账，未作更改。',
  counts: '销售 {{sales}} · 退款 {{refunds}} · 新会员 {{members}} · 此前已入账 {{already}}',
  outcome: '处理方式',
  rowCount: '行数',
  amount: '金额',
};
export default texts;
