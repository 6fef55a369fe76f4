import type { Row } from '@tessera/backoffice/contracts';
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../providers/access-control';
import RecordPage from '../resources/record-page';
import { TransactionHistory } from '../transactions/transaction-history';
import { MemberCardsCard } from './member-cards';
import { MemberCouponsCard } from './member-coupons';
import { MemberPointsCard } from './member-points';
import { MemberTierCard } from './member-tier';
import { RevealButton } from './reveal-button';

function History({ member }: { member: Row }) {
  const { t } = useTranslation();
  if (!useMay('transactions.view')) return null;
  return (
    <Card size="small" title={t('members.history')}>
      <TransactionHistory memberId={member.id} />
    </Card>
  );
}

function Points({ memberId }: { memberId: string }) {
  return useMay('points.view') ? <MemberPointsCard memberId={memberId} /> : null;
}

function Cards({ memberId }: { memberId: string }) {
  return useMay('cards.view') ? <MemberCardsCard memberId={memberId} /> : null;
}

function Coupons({ memberId }: { memberId: string }) {
  return useMay('coupons.view') ? <MemberCouponsCard memberId={memberId} /> : null;
}

function Tier({ memberId }: { memberId: string }) {
  return useMay('member-tiers.view') ? <MemberTierCard memberId={memberId} /> : null;
}

/** A member: profile, tier, points, cards, coupons, what may be revealed of it, and what the person bought. */
export default function MemberPage() {
  return (
    <RecordPage
      name="members"
      extras={(row, resource) => ({
        actions: <RevealButton member={row} resource={resource} />,
        below: (
          <>
            <Tier memberId={row.id} />
            <Points memberId={row.id} />
            <Cards memberId={row.id} />
            <Coupons memberId={row.id} />
            <History member={row} />
          </>
        ),
      })}
    />
  );
}
