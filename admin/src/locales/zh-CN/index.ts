import antdLocale from 'antd/es/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import archive from './archive';
import conflict from './conflict';
import coupons from './coupons';
import errors from './errors';
import exports from './exports';
import fields from './fields';
import forms from './forms';
import gifts from './gifts';
import imports from './imports';
import jobs from './jobs';
import lists from './lists';
import memberImports from './member-imports';
import members from './members';
import notifications from './notifications';
import options from './options';
import palette from './palette';
import refusal from './refusal';
import refunds from './refunds';
import roles from './roles';
import screens from './screens';
import sections from './sections';
import shell from './shell';
import shifts from './shifts';
import signIn from './sign-in';
import staff from './staff';
import statuses from './statuses';
import till from './till';
import transactions from './transactions';

export const texts = {
  archive,
  conflict,
  coupons,
  errors,
  exports,
  fields,
  forms,
  gifts,
  imports,
  jobs,
  lists,
  memberImports,
  members,
  notifications,
  options,
  palette,
  refusal,
  refunds,
  roles,
  screens,
  sections,
  shell,
  shifts,
  signIn,
  staff,
  statuses,
  till,
  transactions,
};
export const dayjsLocale = 'zh-cn';
export { antdLocale };
