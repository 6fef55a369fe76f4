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

const ResourceList = lazy(() => import('./pages/resources/resource-list'));
const CreatePage = lazy(() => import('./pages/resources/create-page'));
const EditPage = lazy(() => import('./pages/resources/edit-page'));
const RecordPage = lazy(() => import('./pages/resources/record-page'));
const MemberPage = lazy(() => import('./pages/members/member-page'));
const BirthdaysPage = lazy(() => import('./pages/members/birthdays-page'));
const CardPage = lazy(() => import('./pages/cards/card-page'));
const StaffPage = lazy(() => import('./pages/staff/staff-page'));
const TransactionPage = lazy(() => import('./pages/transactions/transaction-page'));
const ShiftPage = lazy(() => import('./pages/shifts/shift-page'));
const TierPage = lazy(() => import('./pages/members/tier-page'));
const TierPricePage = lazy(() => import('./pages/members/tier-price-page'));
const CouponTemplatePage = lazy(() => import('./pages/coupons/coupon-template-page'));
const CouponIssuePage = lazy(() => import('./pages/coupons/coupon-issue-page'));
const CouponPage = lazy(() => import('./pages/coupons/coupon-page'));
const GiftPage = lazy(() => import('./pages/gifts/gift-page'));
const HandoutPage = lazy(() => import('./pages/gifts/handout-page'));
const RolesPage = lazy(() => import('./pages/roles/roles-page'));
const ImportsPage = lazy(() => import('./pages/imports/imports-page'));
const MemberImportsPage = lazy(() => import('./pages/member-imports/member-imports-page'));
const JobsPage = lazy(() => import('./pages/jobs/jobs-page'));

/** Screens whose code is their own; every other list is drawn from the schema. */
const PAGES: Record<string, ReactNode> = {
  till: <TillScreen />,
  roles: <RolesPage />,
  imports: <ImportsPage />,
  'member-imports': <MemberImportsPage />,
  jobs: <JobsPage />,
  birthdays: <BirthdaysPage />,
};
/** Pages of one record that show more than its fields. */
const RECORD_PAGES: Record<string, ReactNode> = {
  members: <MemberPage />,
  staff: <StaffPage />,
  transactions: <TransactionPage />,
  shifts: <ShiftPage />,
  tiers: <TierPage />,
  'tier-prices': <TierPricePage />,
  'coupon-templates': <CouponTemplatePage />,
  'coupon-issues': <CouponIssuePage />,
  coupons: <CouponPage />,
  cards: <CardPage />,
  gifts: <GiftPage />,
  'gift-handouts': <HandoutPage />,
};

function Permitted({ name, permission, children }: { name: string; permission: string; children: ReactNode }) {
  return useMay(permission) ? children : <RefusedScreen name={name} />;
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

function routesOf({ name, kind, permission }: Screen) {
  const guard = (page: ReactNode) => (
    <Permitted name={name} permission={permission}>
      {page}
    </Permitted>
  );
  return (
    <Route key={name} path={name}>
      <Route index element={guard(PAGES[name] ?? <ResourceList name={name} />)} />
      {kind === 'master' && <Route path="new" element={<CreatePage name={name} />} />}
      {kind === 'master' && <Route path=":id/edit" element={<EditPage name={name} />} />}
      {kind !== 'page' && <Route path=":id" element={guard(RECORD_PAGES[name] ?? <RecordPage name={name} />)} />}
    </Route>
  );
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
