import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { nameOf, pick } from '../../providers/i18n';
import { isQuiet, type Problem } from '../model/problem';
import { useTill } from '../till-context';
import { KeyButton } from './key-button';
import { Sheet } from './sheet';

const CouponProblemSheet = lazy(() => import('./coupon-problem-sheet'));
const PaymentPinSheet = lazy(() => import('./payment-pin-sheet'));
const CardBlockedSheet = lazy(() => import('./card-blocked-sheet'));

type NotPermitted = Extract<Problem, { kind: 'not-permitted' }>;
/** Has a title and a text of its own under `till.problem`. */
type PlainProblem = Exclude<Problem, { kind: 'card-blocked' | 'payment-pin' }>;
type PriceChanged = Extract<Problem, { kind: 'price-changed' }>;

/** Takes what was not permitted out of the cart again, so that the sale can go on without it. */
function useUndo(permission: string): (() => void) | null {
  const { state, dispatch } = useTill();
  if (permission === 'checkout.discount') return () => dispatch({ type: 'setDiscount', discount: null });
  if (permission !== 'checkout.override-price') return null;
  const changed = state.cart.lines.filter((line) => line.unitPrice !== undefined);
  return () => {
    for (const { key } of changed) dispatch({ type: 'overridePrice', key, override: null });
  };
}

function NotPermittedSheet({ problem }: { problem: NotPermitted }) {
  const { t } = useTranslation();
  const { dispatch, money } = useTill();
  const undo = useUndo(problem.permission);
  const { limit, label, couldAllow } = problem;
  const inUnits = (value: number) => (limit?.key === 'amount' ? money.format(value) : money.percent(value));
  const act = label ? pick(label) : t('till.thisAct');
  return (
    <Sheet
      title={t('till.notPermitted.title', { act })}
      onClose={() => (undo ?? (() => dispatch({ type: 'dismiss' })))()}
    >
      {limit && limit.allowed > 0 && (
        <p className="till-statement">
          {t('till.aboveLimit', { asked: inUnits(limit.asked), allowed: inUnits(limit.allowed) })}
        </p>
      )}
      {(!limit || limit.allowed === 0) && (
        <p className="till-statement">
          {problem.isOutsideStore ? t('till.notPermitted.elsewhere') : t('till.notPermitted.noGrant')}
        </p>
      )}
      <p>
        {couldAllow.length > 0
          ? t('till.notPermitted.who', { roles: couldAllow.map(pick).join(t('till.separator')) })
          : t('till.notPermitted.askManager')}
      </p>
      <p className="till-hint">{t('till.notPermitted.kept')}</p>
      <KeyButton tone="primary" onClick={undo ?? (() => dispatch({ type: 'dismiss' }))}>
        {undo ? t('till.notPermitted.without') : t('till.backToCart')}
      </KeyButton>
    </Sheet>
  );
}

function PriceChangedSheet({ problem }: { problem: PriceChanged }) {
  const { t } = useTranslation();
  const { state, dispatch, money } = useTill();
  const { before, after } = problem;
  const old = new Map(before?.lines.map((line) => [line.lineNo, line]));
  const changed = after.lines.filter((line) => old.get(line.lineNo)?.amount !== line.amount);
  return (
    <Sheet title={t('till.priceChanged.title')} onClose={() => dispatch({ type: 'dismiss' })}>
      <p>{t('till.priceChanged.text')}</p>
      <table className="till-compare">
        <thead>
          <tr>
            <th scope="col">{t('till.priceChanged.item')}</th>
            <th scope="col">{t('till.priceChanged.before')}</th>
            <th scope="col">{t('till.priceChanged.now')}</th>
          </tr>
        </thead>
        <tbody>
          {changed.map((line) => (
            <tr key={line.lineNo}>
              <th scope="row">{nameOf(line)}</th>
              <td className="amount">{money.format(old.get(line.lineNo)?.amount ?? line.amount)}</td>
              <td className="amount">{money.format(line.amount)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('till.toPay')}</th>
            <td className="amount">{money.format(before?.totals.payable ?? after.totals.payable)}</td>
            <td className="amount">{money.format(after.totals.payable)}</td>
          </tr>
        </tfoot>
      </table>
      <KeyButton
        tone="primary"
        disabled={state.quoteStatus !== 'fresh'}
        onClick={() => {
          dispatch({ type: 'dismiss' });
          dispatch({ type: 'openPay' });
        }}
      >
        {t('till.priceChanged.accept', { amount: money.format(after.totals.payable) })}
      </KeyButton>
      <KeyButton tone="quiet" hint="Esc" onClick={() => dispatch({ type: 'dismiss' })}>
        {t('till.backToCart')}
      </KeyButton>
    </Sheet>
  );
}

function UnavailableKeys({ skus }: { skus: readonly string[] }) {
  const { t } = useTranslation();
  const { state, dispatch } = useTill();
  const gone = state.cart.lines.filter((line) => skus.includes(line.sku));
  if (gone.length === 0) return null;
  return (
    <KeyButton
      tone="primary"
      onClick={() => {
        for (const { key } of gone) dispatch({ type: 'remove', key });
      }}
    >
      {t('till.problem.items-unavailable.remove')}
    </KeyButton>
  );
}

function PlainProblemSheet({ problem }: { problem: PlainProblem }) {
  const { t } = useTranslation();
  const { priced, dispatch, open, refreshShift } = useTill();
  const skus = problem.kind === 'items-unavailable' ? problem.skus : [];
  const names = priced.lines.filter(({ line }) => skus.includes(line.sku)).map(nameOf);
  const items = (names.length > 0 ? names : skus).join(t('till.separator'));
  const dismiss = () => dispatch({ type: 'dismiss' });
  return (
    <Sheet title={t(`till.problem.${problem.kind}.title`)} onClose={dismiss}>
      <p className="till-statement">{t(`till.problem.${problem.kind}.text`, { items })}</p>
      <UnavailableKeys skus={skus} />
      {problem.kind === 'member-unavailable' && (
        <KeyButton tone="primary" onClick={() => dispatch({ type: 'setMember', member: null })}>
          {t('till.problem.member-unavailable.remove')}
        </KeyButton>
      )}
      {problem.kind === 'shift-needed' && (
        <KeyButton
          tone="primary"
          onClick={() => {
            dismiss();
            refreshShift();
            open({ kind: 'shift' });
          }}
        >
          {t('shifts.open')}
        </KeyButton>
      )}
      <KeyButton tone="quiet" hint="Esc" onClick={dismiss}>
        {t('till.backToCart')}
      </KeyButton>
    </Sheet>
  );
}

/** What needs an answer before the sale goes on: what happened, what it means, what to do. */
export default function ProblemSheet() {
  const { problem } = useTill().state;
  if (!problem || isQuiet(problem)) return null;
  if (problem.kind === 'not-permitted') return <NotPermittedSheet problem={problem} />;
  if (problem.kind === 'price-changed') return <PriceChangedSheet problem={problem} />;
  if (problem.kind === 'coupon-not-usable') {
    return (
      <Suspense fallback={null}>
        <CouponProblemSheet {...problem} />
      </Suspense>
    );
  }
  if (problem.kind === 'card-blocked') {
    return (
      <Suspense fallback={null}>
        <CardBlockedSheet {...problem} />
      </Suspense>
    );
  }
  if (problem.kind === 'payment-pin') {
    return (
      <Suspense fallback={null}>
        <PaymentPinSheet {...problem} />
      </Suspense>
    );
  }
  return <PlainProblemSheet problem={problem} />;
}
