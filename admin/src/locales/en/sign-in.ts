export default {
  title: 'Sign in to Tessera',
  subtitle: 'Member desk for stores',
  email: 'E-mail',
  password: 'Password',
  remember: 'Stay signed in on this device',
  submit: 'Sign in',
  emailMissing: 'Enter the e-mail address of your account',
  emailWrong: 'This is not an e-mail address',
  passwordMissing: 'Enter your password',
  wrong:
    'E-mail or password is not right, or the account is switched off. Try again, or ask your manager for a new password.',
  tooMany: 'Too many attempts. Wait a minute, then try again.',
};
