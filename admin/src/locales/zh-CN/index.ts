import antdLocale from 'antd/es/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import errors from './errors';
import refusal from './refusal';
import screens from './screens';
import shell from './shell';
import signIn from './sign-in';
import till from './till';

export const texts = { errors, refusal, screens, shell, signIn, till };
export const dayjsLocale = 'zh-cn';
export { antdLocale };
