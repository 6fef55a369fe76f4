import { Authenticated } from '@refinedev/core';
import { UnsavedChangesNotifier } from '@refinedev/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { Navigate, Outlet, Route, Routes, useLocation } from 'react-router';
import { ErrorBoundary } from './components/error-boundary';
import { Loading } from './components/loading';
import { RefusedScreen } from './components/refusal';
import { Shell } from './layout/shell';
import { useMay } from './providers/access-control';
import { HomeScreen, NotFoundScreen } from './pages/home';
import { SCREENS, type Screen } from './resources/registry';

const SignInPage = lazy(() => import('./pages/sign-in'));
const TillScreen = lazy(() => import('./till/till-screen'));

/** Screens whose code is their own; every other one is drawn from the schema. */
const PAGES: Record<string, ReactNode> = {
  till: <TillScreen />,
};

function Permitted({ permission, children }: { permission: string; children: ReactNode }) {
  return useMay(permission) ? children : <RefusedScreen />;
}

function SignedIn() {
  const { pathname, search } = useLocation();
  const back = pathname === '/' ? '' : `?to=${encodeURIComponent(pathname + search)}`;
  return (
    <Authenticated key="shell" loading={<Loading />} fallback={<Navigate to={`/sign-in${back}`} replace />}>
      <Shell>
        <ErrorBoundary key={pathname.split('/')[1]}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </Shell>
      <UnsavedChangesNotifier translationKey="shell.unsaved" />
    </Authenticated>
  );
}

function routesOf({ name, permission }: Screen) {
  const page = PAGES[name];
  if (!page) return null;
  return <Route key={name} path={name} element={<Permitted permission={permission}>{page}</Permitted>} />;
}

export function AppRoutes() {
  return (
    <Routes>
      <Route
        path="/sign-in"
        element={
          <Suspense fallback={<Loading />}>
            <SignInPage />
          </Suspense>
        }
      />
      <Route element={<SignedIn />}>
        <Route index element={<HomeScreen />} />
        {SCREENS.map(routesOf)}
        <Route path="*" element={<NotFoundScreen />} />
      </Route>
    </Routes>
  );
}
