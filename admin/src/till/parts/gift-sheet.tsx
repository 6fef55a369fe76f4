import { GiftOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { GiftHandout, GiftOffer, GiftOffers, GiftSlip } from '@tessera/points/contracts';
import { Alert, Button, Empty, Modal } from 'antd';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatInstant, Instant } from '../../components/instant';
import { Loading } from '../../components/loading';
import { PrintButton } from '../../components/print-button';
import { ErrorNotice } from '../../components/refusal';
import { StatusTag } from '../../components/status-tag';
import '../../pages/gifts/gifts.css';
import { printSlip } from '../../pages/gifts/print-slip';
import { TakeBackButton } from '../../pages/gifts/take-back-button';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { nameOf, pick } from '../../providers/i18n';
import { randomUuid } from '../effects/random-uuid';
import { useEscape } from '../effects/use-escape';
import { useTill } from '../till-context';

const queryKey = (memberId: string, storeId: string) => ['till-gifts', memberId, storeId];

/** Why the member cannot have it now, with what is missing. */
function useRefusal(): (refusal: NonNullable<GiftOffer['refusal']>) => string {
  const { t } = useTranslation();
  const { store } = useTill();
  const at = (instant: string | null | undefined) => (instant ? formatInstant(instant, store.timeZone) : '');
  return ({ reason, from, until, tier, limit, endsOn, missing }) => {
    const isEarly = reason === 'gift_not_now' && from && from > new Date().toISOString();
    const key = isEarly ? 'gift_not_yet' : reason === 'gift_limit_reached' && endsOn ? 'gift_limit_until' : reason;
    return t(`gifts.refusals.${key}`, {
      from: at(from),
      until: at(until),
      tier: tier ? pick(tier) : '',
      limit,
      day: endsOn ? formatDay(endsOn) : '',
      missing,
    });
  };
}

function Face({ offer }: { offer: GiftOffer }) {
  if (offer.imageUrl) return <img src={offer.imageUrl} alt="" className="gift-face" />;
  return (
    <span className="gift-face">
      <GiftOutlined aria-hidden="true" />
    </span>
  );
}

/** One gift: a key when the member can have it, else why not. */
function Offer({ offer, onChoose }: { offer: GiftOffer; onChoose(offer: GiftOffer): void }) {
  const { t } = useTranslation();
  const refusalOf = useRefusal();
  const { label, points, stock, left, refusal } = offer;
  const name = pick(label);
  const notes = [
    ...(refusal ? [refusalOf(refusal)] : []),
    ...(!refusal && stock !== null ? [t('gifts.stock', { pieces: stock })] : []),
    ...(!refusal && left !== null ? [t('gifts.mayHave', { pieces: left })] : []),
  ];
  const content = (
    <>
      <Face offer={offer} />
      <strong>{name}</strong>
      <span className="gift-points">{t('gifts.takes', { points })}</span>
      <span className="gift-note">{notes.join(' · ')}</span>
    </>
  );
  return (
    <li>
      {refusal ? (
        <div className="gift-offer">{content}</div>
      ) : (
        <button
          type="button"
          className="gift-offer"
          aria-label={t('gifts.choose', { name })}
          onClick={() => onChoose(offer)}
        >
          {content}
        </button>
      )}
    </li>
  );
}

function useGive(memberId: string, onGiven: (slip: GiftSlip) => void) {
  const { store, till } = useTill();
  // One key per choice: sent again without an answer, it is handed out once.
  const key = useRef(randomUuid());
  return useMutation({
    mutationFn: async ({ giftId, points }: GiftOffer) => {
      const body = { giftId, memberId, points, storeId: store.id, tillId: till.id };
      const headers = { 'idempotency-key': key.current };
      return (await http.post<GiftSlip>('/api/points/gift-handouts', body, { headers })).data;
    },
    onSuccess: onGiven,
    onError: (failure) => {
      if (toApiError(failure).statusCode !== 0) key.current = randomUuid();
    },
  });
}

interface ConfirmProps {
  offer: GiftOffer;
  memberId: string;
  available: number;
  onGiven(slip: GiftSlip): void;
  onBack(): void;
}

/** What will happen, in a sentence, and the key that does it. */
function Confirm({ offer, memberId, available, onGiven, onBack }: ConfirmProps) {
  const { t } = useTranslation();
  const { points, label } = offer;
  const { mutate, error, isPending } = useGive(memberId, onGiven);
  return (
    <>
      {error && <ErrorNotice error={toApiError(error)} />}
      <p className="gift-confirm">{t('gifts.confirm', { name: pick(label), points, left: available - points })}</p>
      <div className="gift-keys">
        <Button size="large" onClick={onBack}>
          {t('gifts.back')}
        </Button>
        <Button autoFocus type="primary" size="large" loading={isPending} onClick={() => mutate(offer)}>
          {t('gifts.hand')}
        </Button>
      </div>
    </>
  );
}

/** It is done: the number under which it is found again. */
function Given({ slip, onAnother, onClose }: { slip: GiftSlip; onAnother(): void; onClose(): void }) {
  const { t } = useTranslation();
  const { store } = useTill();
  return (
    <>
      <Alert
        type="success"
        showIcon
        message={t('gifts.handed', { name: pick(slip.label) })}
        description={
          <>
            {t('gifts.slip')} <span className="gift-slip">{slip.number}</span>
            {t('gifts.spent')} {slip.points}
          </>
        }
      />
      <div className="gift-keys">
        <PrintButton
          label={t('gifts.print')}
          failure={t('gifts.printFailed')}
          print={() => printSlip(slip, { storeName: nameOf(store), timeZone: store.timeZone })}
        />
        <Button onClick={onAnother}>{t('gifts.another')}</Button>
        <Button autoFocus type="primary" onClick={onClose}>
          {t('gifts.done')}
        </Button>
      </div>
    </>
  );
}

/** What the member got lately; what this store gave can come back. */
function Lately({ handouts, onDone }: { handouts: GiftHandout[]; onDone(): Promise<void> }) {
  const { t } = useTranslation();
  const { store, till, rights } = useTill();
  if (handouts.length === 0) return null;
  return (
    <section aria-label={t('gifts.lately')}>
      <h3>{t('gifts.lately')}</h3>
      {handouts.map((handout) => (
        <div key={handout.id} className="gift-lately">
          <span>
            {pick(handout.label)} · {t('gifts.takes', { points: handout.points })}
            <br />
            <span className="secondary">
              {handout.number} · <Instant iso={handout.occurredAt} />
            </span>
          </span>
          {handout.returned && <StatusTag status="returned" />}
          {!handout.returned && rights.canTakeGiftsBack && handout.storeId === store.id && (
            <TakeBackButton handout={handout} tillId={till.id} size="large" onDone={onDone} />
          )}
        </div>
      ))}
    </section>
  );
}

/** Choose, confirm, done. The cart is priced anew: the member has other points now. */
function Gifts({ offers, onClose }: { offers: GiftOffers; onClose(): void }) {
  const { t } = useTranslation();
  const { state, dispatch, store } = useTill();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<GiftOffer | null>(null);
  const [slip, setSlip] = useState<GiftSlip | null>(null);
  const { memberId, available, gifts, handouts } = offers;
  async function refresh(): Promise<void> {
    dispatch({ type: 'setMember', member: state.cart.member });
    await queries.invalidateQueries({ queryKey: queryKey(memberId, store.id) });
  }
  if (slip) {
    const another = () => {
      setSlip(null);
      setChosen(null);
    };
    return <Given slip={slip} onAnother={another} onClose={onClose} />;
  }
  if (chosen) {
    const given = (done: GiftSlip) => {
      setSlip(done);
      void refresh();
    };
    return (
      <Confirm
        offer={chosen}
        memberId={memberId}
        available={available}
        onGiven={given}
        onBack={() => {
          setChosen(null);
          void refresh();
        }}
      />
    );
  }
  return (
    <>
      <strong>{t('gifts.have', { points: available })}</strong>
      {gifts.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('gifts.none')} />}
      <ul className="gift-offers">
        {gifts.map((offer) => (
          <Offer key={offer.giftId} offer={offer} onChoose={setChosen} />
        ))}
      </ul>
      <Lately handouts={handouts} onDone={refresh} />
    </>
  );
}

/** The gifts that this member can have at this counter now, and why not the others. */
export default function GiftSheet({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const { store, open } = useTill();
  const onClose = useCallback(() => open(null), [open]);
  useEscape(onClose);
  const { data, error } = useQuery({
    queryKey: queryKey(memberId, store.id),
    gcTime: 0,
    queryFn: async () => {
      const params = { storeId: store.id };
      return (await http.get<GiftOffers>(`/api/points/members/${memberId}/gifts`, { params })).data;
    },
  });
  return (
    <Modal open title={t('gifts.title')} footer={null} onCancel={onClose}>
      {error && <ErrorNotice error={toApiError(error)} />}
      {!data && !error && <Loading />}
      {data && <Gifts offers={data} onClose={onClose} />}
    </Modal>
  );
}
