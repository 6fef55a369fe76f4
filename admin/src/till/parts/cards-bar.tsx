import { MinusOutlined, PlusOutlined } from '@ant-design/icons';
import type { Quote } from '@tessera/checkout/contracts';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from '../../providers/access-control';
import { nameOf, pick } from '../../providers/i18n';
import { useTill } from '../till-context';
import { useLast } from '../effects/use-last';
import { useCouponDays } from './coupon-reason';

type Cards = NonNullable<Quote['cards']>;

const NO_CARDS: Cards = { storedValue: { available: 0, most: 0 }, cards: [], sessions: [], blocked: [] };

const CardCareSheet = lazy(() => import('./card-care-sheet'));

const lastDigits = (number: string) => number.slice(-4);

/** Sessions of one card for one service: how many of its pieces they pay for. */
function SessionKeys({ offer }: { offer: Cards['sessions'][number] }) {
  const { t } = useTranslation();
  const { state, dispatch } = useTill();
  const { cardId, sku, left, usable } = offer;
  const chosen = state.cart.sessions.find((each) => each.cardId === cardId && each.sku === sku)?.quantity ?? 0;
  const name = nameOf(offer);
  const choose = (quantity: number) => dispatch({ type: 'useSessions', choice: { cardId, sku, quantity } });
  return (
    <div className="till-sessions">
      <span>
        {left === null
          ? t('till.usesUnlimited', { name, number: lastDigits(offer.number) })
          : t('till.sessionsLeft', { name, count: left, number: lastDigits(offer.number) })}
      </span>
      <button
        type="button"
        className="till-icon-button till-boxed"
        aria-label={t('till.sessionLess', { name })}
        disabled={chosen === 0}
        onClick={() => choose(chosen - 1)}
      >
        <MinusOutlined />
      </button>
      <output className="amount" aria-label={t('till.sessionsUsed', { name })}>
        {chosen}
      </output>
      <button
        type="button"
        className="till-icon-button till-boxed"
        aria-label={t('till.sessionMore', { name })}
        disabled={chosen >= usable}
        onClick={() => choose(chosen + 1)}
      >
        <PlusOutlined />
      </button>
    </div>
  );
}

/** What is sold here goes on the card that the member has, unless a new one is asked for. */
function TopUpKeys({ number }: { number: string }) {
  const { t } = useTranslation();
  const { state, dispatch } = useTill();
  const key = (newCard: boolean, text: string) => (
    <button
      type="button"
      className="till-chip"
      aria-pressed={state.cart.newCard === newCard}
      onClick={() => dispatch({ type: 'setNewCard', newCard })}
    >
      {text}
    </button>
  );
  return (
    <div className="till-chips" role="group" aria-label={t('till.cardGoesOn')}>
      {key(false, t('till.topUpCard', { number: lastDigits(number) }))}
      {key(true, t('till.newCard'))}
    </div>
  );
}

/** What the law says about the cards in this cart, clause by clause. */
function Notices({ notices }: { notices: Quote['cardNotices'] }) {
  return (
    <>
      {notices.map(({ policy, clause, effect, name, text }) => (
        <span
          key={`${policy} ${clause.en}`}
          role={effect === 'block' ? 'alert' : undefined}
          className={effect === 'block' ? 'till-warn' : 'till-hint'}
          title={pick(name)}
        >
          {pick(text)} · {pick(clause)}
        </span>
      ))}
    </>
  );
}

/** What the member will be given on top of what he tops up. */
function Bonuses({ bonuses }: Pick<Quote, 'bonuses'>) {
  const { t } = useTranslation();
  const { money } = useTill();
  const { last } = useCouponDays();
  return (
    <>
      {bonuses.map(({ lineNo, kind, amount, label, instalments, validUntil }) => (
        <span key={lineNo}>
          {t(`till.bonus.${kind === 'money' && instalments !== null ? 'moneyInParts' : kind}`, {
            amount: kind === 'money' ? money.format(amount) : amount,
            name: pick(label),
            instalments,
          })}
          {validUntil && <span className="till-hint"> {t('till.couponUntil', { day: last(validUntil) })}</span>}
        </span>
      ))}
    </>
  );
}

/** The way to what may be done with the cards of this member here; nobody has to sell anything first. */
function CareKey({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (!may('cards.freeze')) return null;
  return (
    <>
      <button type="button" className="till-chip" onClick={() => setOpen(true)}>
        {t('till.cardCare')}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <CardCareSheet memberId={memberId} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** The way to what this member's points are good for besides money; nobody has to sell anything first. */
function GiftKey() {
  const { t } = useTranslation();
  const { rights, state, open } = useTill();
  if (!rights.canGiveGifts) return null;
  // Points that a cart which is being paid redeems are not given away meanwhile.
  const isPaying = state.tenders.length > 0;
  return (
    <button type="button" className="till-chip" disabled={isPaying} onClick={() => open({ kind: 'gifts' })}>
      {t('gifts.open')}
    </button>
  );
}

/** Cards that are frozen or lost. */
function Blocked({ blocked }: Pick<Cards, 'blocked'>) {
  const { t } = useTranslation();
  return (
    <>
      {blocked.map(({ id, number, status }) => (
        <span key={id} className="till-warn" role="status">
          {t(`till.cardIs.${status}`, { number: lastDigits(number) })}
        </span>
      ))}
    </>
  );
}

/** What the cards can do for this cart. */
function OnCards({ quote }: { quote: Quote }) {
  const { t } = useTranslation();
  const { state, money, priced } = useTill();
  const { storedValue, sessions, cards, blocked } = quote.cards ?? NO_CARDS;
  const notices = state.cart.lines.length > 0 ? quote.cardNotices : [];
  const sellsCards = priced.lines.some(({ item }) => item?.kind === 'card-plan');
  const [first] = cards;
  return (
    <>
      {storedValue.available > 0 && (
        <span>{t('till.storedValueHeld', { amount: money.format(storedValue.available) })}</span>
      )}
      {sessions.map((offer) => (
        <SessionKeys key={`${offer.cardId} ${offer.sku}`} offer={offer} />
      ))}
      <Blocked blocked={blocked} />
      {state.cart.lines.length > 0 && <Bonuses bonuses={quote.bonuses} />}
      <Notices notices={notices} />
      {sellsCards && first && <TopUpKeys number={first.number} />}
    </>
  );
}

/** Under the points: the member's stored value, and the sessions that can pay for what is in the cart. */
export default function CardsBar() {
  const { state } = useTill();
  const quote = useLast(state.quote);
  const isSelling = state.phase === 'selling' || state.phase === 'paying';
  const { member } = state.cart;
  if (!isSelling || !member) return null;
  return (
    <div className="till-points">
      {quote?.memberId === member.id && <OnCards quote={quote} />}
      <div className="till-chips">
        <GiftKey />
        <CareKey memberId={member.id} />
      </div>
    </div>
  );
}
