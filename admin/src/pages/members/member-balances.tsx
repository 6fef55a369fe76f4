import { Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../components/amount';
import { useMay } from '../../providers/access-control';
import { pick } from '../../providers/i18n';
import { useMemberCards, useMemberCoupons, useMemberPoints, useMemberTier } from './member-queries';
import './member-balances.css';

/** Parts of the page that balances open. */
export const PART_IDS = {
  tier: 'member-tier',
  points: 'member-points',
  cards: 'member-cards',
  coupons: 'member-coupons',
};

function open(partId: string): void {
  const part = document.getElementById(partId);
  part?.scrollIntoView({ block: 'start' });
  part?.focus({ preventScroll: true });
}

interface BalanceProps {
  label: string;
  partId: string;
  children: ReactNode;
  note?: ReactNode;
}

/** One figure; pressed, it shows the entries behind it. */
function Balance({ label, partId, children, note }: BalanceProps) {
  return (
    <button type="button" className="member-balance" onClick={() => open(partId)}>
      <span className="secondary">{label}</span>
      <span className="member-balance-figure">{children}</span>
      <span className="secondary">{note ?? ' '}</span>
    </button>
  );
}

function Points({ memberId }: { memberId: string }) {
  const { t, i18n } = useTranslation();
  const { data } = useMemberPoints(memberId);
  if (!data) return null;
  const number = (value: number) => new Intl.NumberFormat(i18n.language).format(value);
  const notes = [
    data.debt > 0 && t('members.balances.debt', { points: number(data.debt) }),
    data.pending > 0 && t('members.balances.pending', { points: number(data.pending) }),
    data.expiringSoon > 0 && t('members.balances.expiringSoon', { points: number(data.expiringSoon) }),
  ].filter(Boolean);
  return (
    <Balance label={t('members.points.title')} partId={PART_IDS.points} note={notes.join(' · ')}>
      {number(data.available)}
    </Balance>
  );
}

function StoredValue({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const { data } = useMemberCards(memberId);
  const cards = data?.cards ?? [];
  const currencies = [...new Set(cards.map(({ currency }) => currency))];
  const sessions = cards.reduce((sum, card) => sum + card.sessions, 0);
  return (
    <>
      {currencies.map((currency) => {
        const held = cards.filter((card) => card.currency === currency);
        const principal = held.reduce((sum, card) => sum + card.principal, 0);
        const bonus = held.reduce((sum, card) => sum + card.bonus, 0);
        const note = (
          <>
            {t('members.cards.principal')} <Amount minor={principal} currency={currency} /> · {t('members.cards.bonus')}{' '}
            <Amount minor={bonus} currency={currency} />
          </>
        );
        return (
          <Balance key={currency} label={t('members.balances.storedValue')} partId={PART_IDS.cards} note={note}>
            <Amount minor={principal + bonus} currency={currency} />
          </Balance>
        );
      })}
      {data && (
        <Balance label={t('members.cards.sessions')} partId={PART_IDS.cards}>
          {sessions}
        </Balance>
      )}
    </>
  );
}

function Coupons({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const { data } = useMemberCoupons(memberId);
  if (!data) return null;
  return (
    <Balance label={t('members.balances.coupons')} partId={PART_IDS.coupons}>
      {data.filter(({ status }) => status === 'usable').length}
    </Balance>
  );
}

function Tier({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const { data } = useMemberTier(memberId);
  if (!data) return null;
  const { current } = data;
  return (
    <Balance
      label={t('members.tier.title')}
      partId={PART_IDS.tier}
      note={current && t(`members.tier.because.${current.because}`)}
    >
      {current ? pick(current.label) : t('members.tier.none')}
    </Balance>
  );
}

/** What the member has, before anything else on the page; each figure leads to its entries. */
export function MemberBalances({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const may = {
    tier: useMay('member-tiers.view'),
    points: useMay('points.view'),
    cards: useMay('cards.view'),
    coupons: useMay('coupons.view'),
  };
  if (!Object.values(may).some(Boolean)) return null;
  return (
    <Card size="small" title={t('members.balances.title')} style={{ marginBottom: 16 }}>
      <div className="member-balances">
        {may.tier && <Tier memberId={memberId} />}
        {may.points && <Points memberId={memberId} />}
        {may.cards && <StoredValue memberId={memberId} />}
        {may.coupons && <Coupons memberId={memberId} />}
      </div>
    </Card>
  );
}
