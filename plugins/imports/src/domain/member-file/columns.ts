/** What a column of a members' file can be: attributes of a member, in the order in which they are offered. */
export const MEMBER_FIELDS = [
  'memberNo',
  'name',
  'phone',
  'birthday',
  'gender',
  'tags',
  'note',
  'homeStore',
  'source',
  'status',
  'joinedAt',
  'consentChannel',
  'consentVersion',
  'consentAt',
] as const;
export type MemberField = (typeof MEMBER_FIELDS)[number];

/** Per column of the file what it is; null = it is passed over. */
export type Mapping = readonly (MemberField | null)[];

/** How people and other systems head their columns, beside the labels of ours. */
const SYNONYMS: Record<MemberField, string> = {
  memberNo:
    'member number|member no|member id|membership number|card no|card number|customer id|customer no|会员号|会员编号|会员卡号|卡号|客户编号',
  name: 'name|full name|member name|customer name|customer|member|姓名|名字|会员姓名|会员名称|客户姓名|顾客姓名|会员',
  phone:
    'phone|phone number|mobile|mobile number|mobile phone|cell|cell phone|tel|telephone|contact number|手机|手机号|手机号码|电话|电话号码|联系电话|联系方式|移动电话',
  birthday: 'birthday|birth date|birthdate|date of birth|dob|born|生日|出生日期|出生年月日|会员生日',
  gender: 'gender|sex|性别',
  tags: 'tags|tag|labels|groups|标签|会员标签|分组',
  note: 'note|notes|remark|remarks|comment|comments|备注|说明|会员备注',
  homeStore: 'home store|store|shop|branch|location|所属门店|门店|店铺|所属店铺|开卡门店|入会门店',
  source: 'source|channel|来源|渠道|会员来源',
  status: 'status|member status|状态|会员状态',
  joinedAt:
    'joined|joined at|join date|member since|registered|registration date|created|created at|sign up date|入会时间|入会日期|注册时间|注册日期|开卡时间|开卡日期|加入时间|创建时间',
  consentChannel: 'consent channel|同意方式|授权方式',
  consentVersion: 'consent version|同意书版本|协议版本',
  consentAt: 'consent at|consent date|consent time|同意时间|授权时间',
};

/** Headers differ in case, width, spaces and punctuation only by accident. */
function keyOf(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const FIELD_BY_HEADER: ReadonlyMap<string, MemberField> = new Map(
  MEMBER_FIELDS.flatMap((field) => [
    [keyOf(field), field] as const,
    ...SYNONYMS[field].split('|').map((header) => [keyOf(header), field] as const),
  ]),
);

/** What each column most probably is. A field is taken by the first column that is headed like it. */
export function suggestMapping(header: readonly string[]): (MemberField | null)[] {
  const taken = new Set<MemberField>();
  return header.map((title) => {
    const field = FIELD_BY_HEADER.get(keyOf(title));
    if (!field || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
}
