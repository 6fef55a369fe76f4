import { lazy, Suspense, useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeyboard } from './effects/use-keyboard';
import { useScan } from './effects/use-scan';
import type { Command } from './model/shortcuts';
import { CartPane } from './parts/cart-pane';
import { CataloguePane } from './parts/catalogue-pane';
import { Panes } from './parts/panes';
import { PayPanel } from './parts/pay-panel';
import { Sheet } from './parts/sheet';
import { TillPicker } from './parts/till-picker';
import { TopBar } from './parts/top-bar';
import { useTill, type Sheet as OpenSheet } from './till-context';

/** Fetched once the till is there, so that they open at once, and when the server is away too. */
const soon = {
  discount: () => import('./parts/discount-sheet'),
  hold: () => import('./parts/hold-sheet'),
  price: () => import('./parts/price-sheet'),
  staff: () => import('./parts/staff-sheet'),
  help: () => import('./parts/help-sheet'),
  problem: () => import('./parts/problem-sheet'),
  done: () => import('./parts/done-panel'),
};
const DiscountSheet = lazy(soon.discount);
const HoldSheet = lazy(soon.hold);
const PriceSheet = lazy(soon.price);
const StaffSheet = lazy(soon.staff);
const HelpSheet = lazy(soon.help);
const ProblemSheet = lazy(soon.problem);

/** A few times a day: they need not weigh on the first sale. */
const ShiftSheet = lazy(() => import('./parts/shift-sheet'));
const RefundSheet = lazy(() => import('./parts/refund-sheet'));

/** Only where a member has points to give. */
const GiftSheet = lazy(() => import('./parts/gift-sheet'));

/** Only where somebody brings a coupon. */
const CouponSheet = lazy(() => import('./parts/coupon-sheet'));

interface TillLayoutProps {
  sheet: OpenSheet | null;
  onChooseTill(id: string): void;
}

function TillSheet({ onChooseTill }: Pick<TillLayoutProps, 'onChooseTill'>) {
  const { t } = useTranslation();
  const { store, till, open } = useTill();
  function choose(id: string): void {
    open(null);
    onChooseTill(id);
  }
  return (
    <Sheet title={t('till.pickTitle')} onClose={() => open(null)}>
      <TillPicker store={store} current={till.id} onChoose={choose} />
      <p className="till-hint">{t('till.pickKept')}</p>
    </Sheet>
  );
}

function OpenedSheet({ sheet, onChooseTill }: TillLayoutProps) {
  const { priced, state } = useTill();
  if (!sheet) return null;
  if (sheet.kind === 'discount') return <DiscountSheet />;
  if (sheet.kind === 'hold') return <HoldSheet />;
  if (sheet.kind === 'help') return <HelpSheet />;
  if (sheet.kind === 'shift') return <ShiftSheet />;
  if (sheet.kind === 'coupons') return <CouponSheet />;
  if (sheet.kind === 'gifts') return state.cart.member && <GiftSheet memberId={state.cart.member.id} />;
  if (sheet.kind === 'refund') return <RefundSheet number={sheet.number} />;
  if (sheet.kind === 'till') return <TillSheet onChooseTill={onChooseTill} />;
  const line = priced.lines.find((candidate) => candidate.line.key === sheet.key);
  if (!line) return null;
  return sheet.kind === 'price' ? <PriceSheet priced={line} /> : <StaffSheet priced={line} />;
}

/** On a narrow screen paying, waiting and the receipt rise over the panes. */
function PaySheet() {
  const { t } = useTranslation();
  const { state, dispatch, isWide } = useTill();
  if (isWide || state.phase === 'selling') return null;
  function close(): void {
    if (state.phase === 'paying') dispatch({ type: 'leavePay' });
    if (state.phase === 'done') dispatch({ type: 'nextSale' });
  }
  return (
    <Sheet title={t('till.payment')} onClose={close} shape="edge">
      <PayPanel />
    </Sheet>
  );
}

/** Performs the commands of the keyboard; false = let the browser have the key. */
function useCommands(fields: {
  search: RefObject<HTMLInputElement>;
  member: RefObject<HTMLInputElement>;
  onSearch(text: string): void;
}) {
  const { state, dispatch, rights, open, isOnline } = useTill();
  const isFree = (state.phase === 'selling' || state.phase === 'paying') && state.tenders.length === 0;
  const hasLines = state.cart.lines.length > 0;

  function focus(field: RefObject<HTMLInputElement>): boolean {
    field.current?.focus();
    field.current?.select();
    return true;
  }
  function openIf(isPossible: boolean, sheet: OpenSheet): boolean {
    if (isPossible) open(sheet);
    return true;
  }
  function back(): boolean {
    if (state.phase === 'paying') dispatch({ type: 'leavePay' });
    else if (state.phase === 'done') dispatch({ type: 'nextSale' });
    else if (state.typedQuantity !== '') dispatch({ type: 'forgetDigits' });
    else if (state.problem) dispatch({ type: 'dismiss' });
    else {
      fields.onSearch('');
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    }
    return true;
  }
  function confirm(): boolean {
    if (state.phase === 'done') dispatch({ type: 'nextSale' });
    else dispatch({ type: 'commitQuantity' });
    return true;
  }
  const actions: Record<Command, () => boolean> = {
    search: () => focus(fields.search),
    member: () => (rights.canFindMembers && isFree ? focus(fields.member) : true),
    hold: () => openIf(rights.canHold && isFree && !state.cart.exchange, { kind: 'hold' }),
    discount: () => openIf(rights.canDiscount && isFree && hasLines, { kind: 'discount' }),
    help: () => openIf(true, { kind: 'help' }),
    pay: () => {
      if (rights.canSell && isOnline) dispatch({ type: 'openPay' });
      return true;
    },
    back,
    confirm,
    previousLine: () => {
      dispatch({ type: 'moveSelection', by: -1 });
      return true;
    },
    nextLine: () => {
      dispatch({ type: 'moveSelection', by: 1 });
      return true;
    },
    remove: () => {
      if (state.typedQuantity !== '') dispatch({ type: 'forgetDigits' });
      else if (state.selectedKey !== null && isFree) dispatch({ type: 'remove', key: state.selectedKey });
      return true;
    },
  };
  return (command: Command) => actions[command]();
}

/** Three zones side by side, or two panes and a sheet; the keyboard and the scanner over all of it. */
export function TillLayout({ sheet, onChooseTill }: TillLayoutProps) {
  const { t } = useTranslation();
  const { state, dispatch, catalogue, rights, isWide, open } = useTill();
  const [search, setSearch] = useState('');
  const searchField = useRef<HTMLInputElement>(null);
  const memberField = useRef<HTMLInputElement>(null);
  const perform = useCommands({ search: searchField, member: memberField, onSearch: setSearch });
  const scan = useScan({ catalogue, dispatch, rights, open });
  useEffect(() => Object.values(soon).forEach((load) => void load().catch(() => undefined)), []);
  // What was looked for belongs to the sale that is booked.
  const isBooked = state.phase === 'done';
  useEffect(() => {
    if (isBooked) setSearch('');
  }, [isBooked]);
  // A sheet holds the keyboard: only the scanner reaches the sale behind it.
  const isCovered = () => document.querySelector('dialog[open], .ant-modal-wrap') !== null;

  useKeyboard({
    onScan(code) {
      open(null);
      scan(code);
    },
    onDigit(digit) {
      if (!isCovered()) dispatch({ type: 'typeDigit', digit });
    },
    onCommand(command) {
      if (!isCovered()) return perform(command);
      return /^(hold|discount|member|pay)$/.test(command);
    },
  });

  const catalogueZone = <CataloguePane search={search} onSearch={setSearch} searchField={searchField} />;
  const cartZone = <CartPane memberField={memberField} />;
  return (
    <>
      <h1 className="visually-hidden">{t('till.title')}</h1>
      <TopBar />
      {isWide ? (
        <div className="till-zones">
          {catalogueZone}
          {cartZone}
          <PayPanel />
        </div>
      ) : (
        <Panes catalogue={catalogueZone} cart={cartZone} />
      )}
      <PaySheet />
      <Suspense fallback={null}>
        <OpenedSheet sheet={sheet} onChooseTill={onChooseTill} />
      </Suspense>
      <Suspense fallback={null}>
        <ProblemSheet />
      </Suspense>
    </>
  );
}
