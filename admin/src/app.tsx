import { Refine } from '@refinedev/core';
import routerProvider from '@refinedev/react-router';
import { QueryClient } from '@tanstack/react-query';
import { App as AntdApp, ConfigProvider } from 'antd';
import i18next from 'i18next';
import { BrowserRouter } from 'react-router';
import { AppRoutes } from './app-routes';
import { ErrorBoundary } from './components/error-boundary';
import { accessControlProvider } from './providers/access-control';
import { useAppearance } from './providers/appearance';
import { authProvider } from './providers/auth';
import { dataProvider } from './providers/data';
import { i18nProvider, useAntdLocale } from './providers/i18n';
import { useNotificationProvider } from './providers/notifications';
import { useReducedMotion } from './providers/reduced-motion';
import { RESOURCES } from './resources/registry';
import { themeFor } from './theme';

const queryClient = new QueryClient({
  // A refusal does not change by asking again; a lost server is retried by the person, who sees what it says.
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } },
});

function Panel() {
  return (
    <Refine
      dataProvider={dataProvider}
      authProvider={authProvider}
      accessControlProvider={accessControlProvider}
      i18nProvider={i18nProvider}
      notificationProvider={useNotificationProvider()}
      routerProvider={routerProvider}
      resources={RESOURCES}
      options={{
        syncWithLocation: true,
        warnWhenUnsavedChanges: true,
        disableTelemetry: true,
        reactQuery: { clientConfig: queryClient },
        title: { text: 'Tessera' },
      }}
    >
      <AppRoutes />
    </Refine>
  );
}

export function App() {
  const appearance = useAppearance();
  const locale = useAntdLocale();
  const isStill = useReducedMotion();
  // Ant Design's own label of the cross is English in every language.
  const closable = { 'aria-label': i18next.t('shell.close') };
  return (
    <ConfigProvider
      theme={themeFor(appearance, { isStill })}
      locale={locale}
      button={{ autoInsertSpace: false }}
      modal={{ closable }}
      drawer={{ closable }}
    >
      <AntdApp style={{ height: '100%' }}>
        <ErrorBoundary>
          <BrowserRouter>
            <Panel />
          </BrowserRouter>
        </ErrorBoundary>
      </AntdApp>
    </ConfigProvider>
  );
}
