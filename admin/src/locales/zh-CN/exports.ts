import type en from '../en/exports';

const texts: typeof en = {
  button: '导出',
  title: '把此列表导出为文件',
  about: '共 {{rows}} 行，按当前筛选和排序，含您可见的字段。对您掩码的内容仍为掩码。',
  format: '格式',
  reason: '用途',
  reasonExample: '例如：五月生日贺卡',
  reasonMissing: '请说明文件的用途。',
  recorded: '审计记录会写明谁在何时、因何用途、按什么筛选带走了多少行和哪些字段。您的姓名、时间和用途也会写在文件里。',
  download: '记录并下载',
};
export default texts;
