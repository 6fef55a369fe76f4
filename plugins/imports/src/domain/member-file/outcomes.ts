export interface OutcomeLabel {
  isBooked: boolean;
  label: { zh: string; en: string };
}

const done = (en: string, zh: string): OutcomeLabel => ({ isBooked: true, label: { en, zh } });
const fault = (en: string, zh: string): OutcomeLabel => ({ isBooked: false, label: { en, zh } });

/** What can become of a row of a members' file. The keys are stored with runs: add, never rename. */
export const MEMBER_OUTCOMES = {
  'member-created': done('New member', '新会员'),
  'member-updated': done('Member updated', '已更新会员'),
  'member-unchanged': done('Member as in the file already', '会员资料已与文件一致'),
  'member-skipped': done('Already a member: left as is', '已是会员，保持不变'),
  'bad-row': fault('The row has more cells than the header', '该行的单元格多于表头'),
  'missing-name': fault('There is no name', '缺少姓名'),
  'bad-name': fault('The name cannot be used', '姓名无法使用'),
  'bad-number': fault(
    'A member number is made of letters, digits and hyphens, at most 32',
    '会员号只能由字母、数字和连字符组成，最多 32 位',
  ),
  'bad-phone': fault('This is not a phone number', '不是有效的电话号码'),
  'bad-birthday': fault(
    'A birthday is a real day after 1900, not in the future',
    '生日须为 1900 年之后、不晚于今天的真实日期',
  ),
  'bad-date': fault('This is not a date', '不是有效的日期'),
  'bad-tags': fault('At most 30 tags of at most 40 characters', '标签最多 30 个，每个最多 40 个字'),
  'bad-text': fault('The text holds characters that cannot be stored', '文字含有无法保存的字符'),
  'too-long': fault('The text is too long', '文字过长'),
  'unknown-value': fault('This is none of the values there are', '不在可选的取值之内'),
  'unknown-store': fault('There is no such store in use', '没有这家门店，或门店已停用'),
  'incomplete-consent': fault(
    'A consent needs channel and version, and a time that is not in the future',
    '同意记录须有方式和版本，时间不能晚于现在',
  ),
  'masked-value': fault(
    'This value is masked: the file comes from an export without the real one',
    '此值为掩码：文件导出时未含真实内容',
  ),
  'duplicate-phone': fault('An earlier row of the file has this phone', '文件前面的行已有此手机号'),
  'duplicate-number': fault('An earlier row of the file has this member number', '文件前面的行已有此会员号'),
  'duplicate-member': fault('An earlier row of the file is the same member', '文件前面的行已是同一位会员'),
  'number-differs': fault('The member with this phone has another member number', '此手机号的会员使用另一个会员号'),
  'phone-of-another': fault('Another member has this phone', '此手机号属于另一位会员'),
  'not-in-use': fault(
    'The member is closed, merged or archived, so nothing was changed',
    '会员已注销、合并或归档，未作更改',
  ),
  'not-your-store': fault('You may not write members of this store', '您不能写入这家门店的会员'),
  'taken-meanwhile': fault('Somebody entered this member in the meantime', '导入期间已有人录入此会员'),
} as const satisfies Record<string, OutcomeLabel>;

export type MemberOutcomeCode = keyof typeof MEMBER_OUTCOMES;

/** Why a row is not taken. */
export interface Fault {
  code: MemberOutcomeCode;
  /** Attribute that it is about; null = the row. */
  field: string | null;
  /** Line of the file that has the same, for duplicates. */
  line?: number;
}
