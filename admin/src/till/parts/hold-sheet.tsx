import { DeleteOutlined } from '@ant-design/icons';
import type { HeldCart } from '@tessera/checkout/contracts';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { discardHeldCart, holdCart, resumeCart } from '../effects/till-api';
import { useHeldCarts, type HeldCarts } from '../effects/use-held-carts';
import { toQuoteRequest } from '../model/sale-request';
import { useTill } from '../till-context';
import { KeyButton } from './key-button';
import { Sheet } from './sheet';

function HoldForm({ report }: { report: HeldCarts['report'] }) {
  const { t } = useTranslation();
  const { state, dispatch, open, priced, money } = useTill();
  const [note, setNote] = useState('');
  const [isSending, setSending] = useState(false);

  function hold(event: FormEvent): void {
    event.preventDefault();
    setSending(true);
    holdCart(toQuoteRequest(state.place, state.cart), note).then(
      () => {
        dispatch({ type: 'empty' });
        open(null);
      },
      (error: unknown) => {
        setSending(false);
        report(error);
      },
    );
  }

  return (
    <form className="till-form" onSubmit={hold}>
      <p>{t('till.holdText', { lines: state.cart.lines.length, amount: money.format(priced.totals.payable) })}</p>
      <label>
        <span>{t('till.holdNote')}</span>
        <input
          value={note}
          maxLength={100}
          autoComplete="off"
          placeholder={t('till.holdNoteHint')}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <KeyButton tone="primary" type="submit" hint="↵" disabled={isSending}>
        {t('till.holdNow')}
      </KeyButton>
    </form>
  );
}

function useResume({ refresh, report }: HeldCarts) {
  const { dispatch, open, state } = useTill();
  async function take(held: HeldCart): Promise<void> {
    const { cart, memberNo, memberName } = await resumeCart(held.id);
    const shown = { ...(memberNo ? { memberNo } : {}), ...(memberName ? { name: memberName } : {}) };
    const member = cart.memberId ? { id: cart.memberId, ...shown } : null;
    dispatch({ type: 'resume', request: cart, heldCartId: held.id, member });
    open(null);
  }
  return {
    canResume: state.cart.lines.length === 0,
    resume: (held: HeldCart) =>
      void take(held).catch((error: unknown) => {
        report(error);
        refresh();
      }),
    discard: (held: HeldCart) => void discardHeldCart(held.id).then(refresh, report),
  };
}

function HeldRow({ held, actions }: { held: HeldCart; actions: ReturnType<typeof useResume> }) {
  const { t, i18n } = useTranslation();
  const { money, store } = useTill();
  const [isAsking, setAsking] = useState(false);
  const time = new Intl.DateTimeFormat(i18n.language, {
    timeStyle: 'short',
    dateStyle: 'short',
    timeZone: store.timeZone,
  });
  const till = store.tills.find(({ id }) => id === held.tillId);
  const where = [held.memberName, time.format(new Date(held.heldAt)), held.heldBy, till?.name]
    .filter(Boolean)
    .join(' · ');
  return (
    <li className="till-held">
      <button
        type="button"
        className="till-held-main"
        disabled={!actions.canResume}
        onClick={() => actions.resume(held)}
      >
        <strong>{held.note ?? t('till.heldWithoutNote')}</strong>
        <span className="amount">{money.format(held.payable)}</span>
        <span className="till-member-details">{where}</span>
        <span className="till-member-details">{t('till.lineCount', { number: held.lineCount })}</span>
      </button>
      {isAsking ? (
        <KeyButton tone="danger" onClick={() => actions.discard(held)}>
          {t('till.discardSure')}
        </KeyButton>
      ) : (
        <button
          type="button"
          className="till-icon-button"
          aria-label={t('till.discard', { note: held.note ?? t('till.heldWithoutNote') })}
          onClick={() => setAsking(true)}
        >
          <DeleteOutlined />
        </button>
      )}
    </li>
  );
}

function HeldList({ held }: { held: HeldCarts }) {
  const { t } = useTranslation();
  const actions = useResume(held);
  const { carts } = held;
  if (carts === null) return <p role="status">{t('till.heldLoading')}</p>;
  if (carts.length === 0) return <p className="till-hint">{t('till.heldNone')}</p>;
  return (
    <>
      {!actions.canResume && <p className="till-hint">{t('till.heldFinishFirst')}</p>}
      <ul className="till-held-list">
        {carts.map((cart) => (
          <HeldRow key={cart.id} held={cart} actions={actions} />
        ))}
      </ul>
    </>
  );
}

/** F4: parks this cart for any till of the store, or takes up a parked one. */
export default function HoldSheet() {
  const { t } = useTranslation();
  const { state, open, store } = useTill();
  const held = useHeldCarts(store.id);
  const isEmpty = state.cart.lines.length === 0;
  return (
    <Sheet title={isEmpty ? t('till.heldCarts') : t('till.holdTitle')} onClose={() => open(null)}>
      {held.problem && (
        <p className="till-warn" role="alert">
          {t([`till.holdProblem.${held.problem.kind}`, 'till.holdProblem.refused'])}
        </p>
      )}
      {!isEmpty && <HoldForm report={held.report} />}
      {!isEmpty && <h3>{t('till.heldCarts')}</h3>}
      <HeldList held={held} />
    </Sheet>
  );
}
