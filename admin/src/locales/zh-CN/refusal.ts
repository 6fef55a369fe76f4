import type en from '../en/refusal';

const texts: typeof en = {
  title: '无权操作：{{act}}',
  separator: '、',
  granted: '您的岗位具备此权限。',
  no_grant: '您的岗位都不具备此权限。',
  not_valid_now: '您有岗位具备此权限，但目前不在有效期内。',
  outside_scope: '您的岗位只在其他门店具备此权限。',
  not_own_record: '您的岗位只对自己的记录具备此权限。',
  field_hidden: '涉及您的岗位不可见的字段。',
  field_read_only: '涉及您的岗位只能查看的字段。',
  above_limit: '超出您的岗位额度。',
};
export default texts;
