import type en from '../en/errors';

const texts: typeof en = {
  unreachable: '服务器没有响应。请检查网络后重试；内容尚未保存。',
  client_failed: '页面出错了。请刷新后重试。',
  server_failed: '服务器未能完成操作。请稍后重试；如再次出现，请告知技术支持。',
  unauthenticated: '登录已失效，请重新登录。',
  forbidden: '您无权在此执行该操作。',
  approval_required: '超出您的权限额度，可由有权限的人授权。',
  above_ceiling: '任何人都不能授予自己不具备的权限。',
  not_found: '记录不存在，或您无权查看。',
  invalid_input: '部分内容无法接受，请检查标出的字段。',
  too_large: '文件或文字过大。',
  too_many_attempts: '尝试次数过多，请一分钟后再试。',
  version_conflict: '在此期间，其他人保存了这条记录。',
  version_required: '记录未完整加载，请刷新后重试。',
  unknown_reference: '所选内容已不存在，请重新选择。',
  already_assigned: '此人在该范围已担任该岗位。',
  wrong_period: '结束时间早于开始时间。',
  owner_not_assignable: '所有者岗位不能在此任命，由安装时设定。',
  duplicate_value: '该值已被其他记录使用。',
  in_use: '历史记录引用了它，请改为归档。',
  import_running: '另一个导入正在进行，请等待完成。',
  limit_reached: '今日额度已用完。',
};
export default texts;
