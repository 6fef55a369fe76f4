import type en from '../en/sign-in';

const texts: typeof en = {
  title: '登录 Tessera',
  subtitle: '门店会员工作台',
  email: '邮箱',
  password: '密码',
  remember: '在此设备上保持登录',
  submit: '登录',
  emailMissing: '请输入账号邮箱',
  emailWrong: '邮箱格式不正确',
  passwordMissing: '请输入密码',
  wrong: '邮箱或密码不正确，或账号已停用。请重试，或请店长重置密码。',
  tooMany: '尝试次数过多，请一分钟后再试。',
};
export default texts;
