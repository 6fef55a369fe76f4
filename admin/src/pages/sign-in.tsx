import { useLogin } from '@refinedev/core';
import { Alert, Button, Card, Checkbox, Form, Input, Segmented, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { ApiError } from '../providers/api-error';
import type { Credentials } from '../providers/auth';
import { chooseLanguage, useLanguage, type Language } from '../providers/i18n';

/** Only addresses of this panel: a link from outside must not send people elsewhere after they signed in. */
function safeTarget(to: string | null): string {
  return to && /^\/(?![/\\])/.test(to) ? to : '/';
}

function LanguageSwitch() {
  const { t } = useTranslation();
  return (
    <Segmented<Language>
      aria-label={t('shell.language')}
      value={useLanguage()}
      onChange={(language) => void chooseLanguage(language)}
      options={[
        { value: 'zh-CN', label: '中文' },
        { value: 'en', label: 'English' },
      ]}
    />
  );
}

function SignInForm({ onSubmit, isPending }: { onSubmit: (credentials: Credentials) => void; isPending: boolean }) {
  const { t } = useTranslation();
  return (
    <Form<Credentials>
      layout="vertical"
      size="large"
      requiredMark={false}
      validateTrigger="onBlur"
      initialValues={{ remember: false }}
      onFinish={onSubmit}
    >
      <Form.Item
        name="email"
        label={t('signIn.email')}
        rules={[
          { required: true, message: t('signIn.emailMissing') },
          { type: 'email', message: t('signIn.emailWrong') },
        ]}
      >
        <Input autoFocus autoComplete="username" inputMode="email" />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('signIn.password')}
        rules={[{ required: true, message: t('signIn.passwordMissing') }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="remember" valuePropName="checked">
        <Checkbox>{t('signIn.remember')}</Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={isPending}>
        {t('signIn.submit')}
      </Button>
    </Form>
  );
}

export default function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [error, setError] = useState<ApiError | null>(null);
  const { mutate, isPending } = useLogin<Credentials>();

  function submit(credentials: Credentials): void {
    setError(null);
    mutate(credentials, {
      onSuccess: (answer) => {
        if (answer.success) void navigate(safeTarget(params.get('to')), { replace: true });
        else setError(answer.error as ApiError);
      },
    });
  }

  return (
    <main className="sign-in">
      <Card style={{ width: 400, maxWidth: '100%' }}>
        <div style={{ display: 'flex', alignItems: 'center', gap: 12, marginBottom: 24 }}>
          <img src="/tessera.svg" alt="" width={40} height={40} />
          <div>
            <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
              {t('signIn.title')}
            </Typography.Title>
            <Typography.Text type="secondary">{t('signIn.subtitle')}</Typography.Text>
          </div>
        </div>
        {error && <Alert role="alert" type="error" showIcon message={error.message} style={{ marginBottom: 16 }} />}
        <SignInForm onSubmit={submit} isPending={isPending} />
        <div style={{ marginTop: 24, textAlign: 'center' }}>
          <LanguageSwitch />
        </div>
      </Card>
    </main>
  );
}
