import type { Row } from '@tessera/backoffice/contracts';
import { Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../providers/access-control';
import RecordPage from '../resources/record-page';
import { TransactionHistory } from '../transactions/transaction-history';
import { ForgetButton } from './forget-button';
import { MemberBalances, PART_IDS } from './member-balances';
import { MemberCardsCard } from './member-cards';
import { MemberConsentsCard } from './member-consents';
import { MemberCouponsCard } from './member-coupons';
import { MemberPointsCard } from './member-points';
import { useMemberMerges } from './member-queries';
import { MemberTierCard } from './member-tier';
import { MergeButton } from './merges/merge-button';
import { MemberNotices } from './merges/merge-notices';
import { RevealButton } from './reveal-button';

/** What the person bought under any of his numbers. */
function History({ member }: { member: Row }) {
  const { t } = useTranslation();
  const { data: merges = [] } = useMemberMerges(member.id);
  const taken = merges.filter(({ undone, duplicateId }) => undone === null && duplicateId !== member.id);
  if (!useMay('transactions.view')) return null;
  return (
    <Card size="small" title={t('members.history')}>
      <TransactionHistory memberIds={[member.id, ...taken.map(({ duplicateId }) => duplicateId)]} />
    </Card>
  );
}

/** A balance above leads here. */
function Part({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={id} tabIndex={-1} className="member-part">
      {children}
    </div>
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

/** Merged or anonymised: looked at, not written to. */
const isClosed = (member: Row): boolean => ['merged', 'anonymised'].includes(String(member['status']));

/** A member: what he has, profile, tier, points, cards, coupons, what may be revealed of it, and what the person bought. */
export default function MemberPage() {
  return (
    <RecordPage
      name="members"
      extras={(row, resource) => ({
        isClosed: isClosed(row),
        actions: (
          <>
            <RevealButton member={row} resource={resource} />
            <MergeButton member={row} resource={resource} />
            <ForgetButton member={row} />
          </>
        ),
        above: (
          <>
            <MemberNotices member={row} />
            <MemberBalances memberId={row.id} />
          </>
        ),
        below: (
          <>
            <Part id={PART_IDS.tier}>
              <Tier memberId={row.id} />
            </Part>
            <Part id={PART_IDS.points}>
              <Points memberId={row.id} />
            </Part>
            <Part id={PART_IDS.cards}>
              <Cards memberId={row.id} />
            </Part>
            <Part id={PART_IDS.coupons}>
              <Coupons memberId={row.id} />
            </Part>
            <MemberConsentsCard memberId={row.id} isClosed={isClosed(row)} />
            <History member={row} />
          </>
        ),
      })}
    />
  );
}
