import type en from '../en/forms';

const texts: typeof en = {
  save: '保存',
  cancel: '取消',
  back: '返回，不保存',
  edit: '编辑 {{title}}',
  masked: '您的岗位不可查看。留空则保持不变。',
  required: '请填写{{label}}',
  tooLong: '最多 {{count}} 个字符',
  wrongForm: '格式不正确',
  notAccepted: '服务器不接受该值',
  image: {
    choose: '选择图片，或拖到这里',
    replace: '选择另一张图片，或拖到这里',
    limits: 'PNG、JPEG 或 WebP；不超过 {{megabytes}} MB，边长不超过 {{pixels}} 像素',
    sending: '正在上传图片',
    saved: '图片已保存',
    remove: '移除图片',
    removeAsk: '确定永久移除这张图片？',
    removed: '图片已移除',
    reload: '请刷新页面，然后重新选择图片。',
    afterSaving: '请先保存，之后可在此添加图片。',
  },
  patterns: {
    code: '只能用大写字母、数字和连字符',
    colour: '颜色格式如 #1554c0',
    currency: '三个大写字母，如 CNY',
    dayCutoff: '时间格式如 04:00',
    phone: '这不是手机号。例如 138 0013 8000，或 +44 20 7946 0018',
    sku: '首尾不能有空格',
  },
  hints: {
    image: '立即生效，无需保存',
    phone: '境外号码请加国家代码，如 +44…',
    barcodes: '扫码或输入后按回车',
    tags: '输入后按回车',
    skills: '输入后按回车',
    dayCutoff: '此时刻之前的交易算作前一营业日',
    cashRounding: '以最小货币单位计：1 = 不取整，10 = 取整到 ¥0.10',
    timeZone: '例如 Asia/Shanghai',
  },
};
export default texts;
