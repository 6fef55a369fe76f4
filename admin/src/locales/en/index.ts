import antdLocale from 'antd/es/locale/en_US';
import errors from './errors';
import refusal from './refusal';
import screens from './screens';
import shell from './shell';
import signIn from './sign-in';
import till from './till';

export const texts = { errors, refusal, screens, shell, signIn, till };
export const dayjsLocale = 'en';
export { antdLocale };
