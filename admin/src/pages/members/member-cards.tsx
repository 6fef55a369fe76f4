import { useQuery } from '@tanstack/react-query';
import type { MemberCard, MemberCards } from '@tessera/cards/contracts';
import { Card, Empty, Skeleton, Statistic, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '../../components/amount';
import { formatDay, Instant } from '../../components/instant';
import { ErrorNotice } from '../../components/refusal';
import { StatusTag } from '../../components/status-tag';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { listOf, pick } from '../../providers/i18n';
import { CardActs, ExtendButton } from '../cards/card-acts';
import { PinButton } from '../cards/pin-dialog';
import { CardTrail, GivenCards } from '../cards/card-trail';

type Lot = MemberCard['lots'][number];
type Entry = MemberCard['entries'][number];

async function readCards(memberId: string): Promise<MemberCards> {
  return (await http.get<MemberCards>(`/api/cards/members/${memberId}`)).data;
}

const nameOf = ({ nameZh, nameEn }: { nameZh: string; nameEn: string }) => pick({ zh: nameZh, en: nameEn });

/** How often a time card may be used, since when, and for what. */
function TimeLeft({ lot, time, currency }: { lot: Lot; time: NonNullable<Lot['time']>; currency: string }) {
  const { t } = useTranslation();
  const { usesPer, usesLimit, usesNow, startedOn, periodDays, frozenDays } = time;
  const services = listOf(lot.services.map(nameOf));
  return (
    <>
      {time.isRefunded
        ? t('members.cards.time.refunded')
        : usesPer === null || usesLimit === null
          ? t('members.cards.time.unlimited')
          : t(`members.cards.time.per.${usesPer}`, { used: usesNow, limit: usesLimit })}
      <div>
        {startedOn === null
          ? t('members.cards.time.waits', { days: periodDays })
          : t('members.cards.time.since', { day: formatDay(startedOn), days: periodDays })}
        {frozenDays > 0 && ` · ${t('members.cards.time.frozen', { days: frozenDays })}`}
      </div>
      {services && <div>{t('members.cards.covers', { services })}</div>}
      {lot.principal > 0 && (
        <div>
          {t('members.cards.time.owed')} <Amount minor={lot.principal} currency={currency} />
        </div>
      )}
    </>
  );
}

/** What is left of one sale, by the terms under which it was sold. */
function LotLeft({ lot, currency }: { lot: Lot; currency: string }) {
  const { t } = useTranslation();
  if (lot.time) return <TimeLeft lot={lot} time={lot.time} currency={currency} />;
  if (lot.kind === 'sessions') {
    const services = listOf(lot.services.map(nameOf));
    return (
      <>
        {t('members.cards.sessionsOf', { left: lot.sessions, sold: lot.sessionsSold })}
        {services && <div>{t('members.cards.covers', { services })}</div>}
        {lot.principalSold === 0 && <div>{t('members.cards.gift')}</div>}
      </>
    );
  }
  return (
    <>
      {t('members.cards.principal')} <Amount minor={lot.principal} currency={currency} /> /{' '}
      <Amount minor={lot.principalSold} currency={currency} />
      {lot.bonusSold > 0 && (
        <div>
          {t('members.cards.bonus')} <Amount minor={lot.bonus} currency={currency} /> /{' '}
          <Amount minor={lot.bonusSold} currency={currency} />
          {' · '}
          {t('members.cards.spendOrder', { order: t(`options.spendOrder.${lot.spendOrder}`) })}
        </div>
      )}
    </>
  );
}

/** What of a bonus comes later. */
function ToCome({ lot, currency }: { lot: Lot; currency: string }) {
  const { t } = useTranslation();
  const [next] = lot.instalments;
  if (!next) return null;
  return (
    <div>
      {t('members.cards.toCome', { count: lot.instalments.length, day: formatDay(next.dueOn) })}{' '}
      <Amount minor={next.amount} currency={currency} />
    </div>
  );
}

function Lots({ card }: { card: MemberCard }) {
  const { t } = useTranslation();
  return (
    <Table<Lot>
      size="small"
      rowKey="id"
      dataSource={card.lots}
      pagination={{ pageSize: 10, hideOnSinglePage: true }}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          key: 'lot',
          title: t('members.cards.lot'),
          render: (_value, lot) => (
            <>
              {nameOf(lot)}
              <div className="secondary">
                <Instant iso={lot.soldAt} />
              </div>
            </>
          ),
        },
        {
          key: 'left',
          title: t('members.cards.left'),
          render: (_value, lot) => (
            <>
              <LotLeft lot={lot} currency={card.currency} />
              <ToCome lot={lot} currency={card.currency} />
            </>
          ),
        },
        {
          key: 'until',
          title: t('members.cards.validUntil'),
          render: (_value, { id, validUntil, isEnded, ...lot }) =>
            validUntil === null ? (
              t('members.cards.always')
            ) : (
              <>
                <Instant iso={validUntil} />
                {isEnded && ` · ${t('members.cards.ended')}`}
                <ExtendButton card={card} lot={{ id, name: nameOf(lot) }} />
              </>
            ),
        },
      ]}
    />
  );
}

function Moved({ entry, currency }: { entry: Entry; currency: string }) {
  const { t } = useTranslation();
  const { principal, bonus, sessions, uses, deferred } = entry;
  if (uses !== 0) return <>{t('members.cards.uses', { count: Math.abs(uses) })}</>;
  if (entry.kind === 'elapsed') return <Amount minor={deferred} currency={currency} />;
  if (sessions !== 0) return <>{t('members.cards.times', { count: sessions })}</>;
  return (
    <>
      <Amount minor={principal + bonus} currency={currency} />
      {bonus !== 0 && (
        <div>
          {t('members.cards.principal')} <Amount minor={principal} currency={currency} /> · {t('members.cards.bonus')}{' '}
          <Amount minor={bonus} currency={currency} />
        </div>
      )}
    </>
  );
}

function Entries({ card }: { card: MemberCard }) {
  const { t } = useTranslation();
  const isSessions = (lotId: string) => card.lots.find(({ id }) => id === lotId)?.kind === 'sessions';
  return (
    <Table<Entry>
      size="small"
      rowKey="id"
      dataSource={card.entries}
      pagination={{ pageSize: 10, hideOnSinglePage: true }}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          key: 'when',
          title: t('members.cards.when'),
          render: (_value, { occurredAt }) => <Instant iso={occurredAt} />,
        },
        { key: 'what', title: t('members.cards.what'), render: (_value, { kind }) => t(`members.cards.kinds.${kind}`) },
        {
          key: 'moved',
          title: t('members.cards.moved'),
          align: 'right',
          render: (_value, entry) => <Moved entry={entry} currency={card.currency} />,
        },
        {
          key: 'after',
          title: t('members.cards.after'),
          align: 'right',
          render: (_value, { lotId, after }) =>
            isSessions(lotId) ? (
              t('members.cards.times', { count: after })
            ) : (
              <Amount minor={after} currency={card.currency} />
            ),
        },
        {
          key: 'why',
          title: t('members.cards.why'),
          render: (_value, entry) => (
            <>
              <div>{nameOf(entry)}</div>
              <div>
                <Link to={`/transactions/${entry.transactionId}`}>{entry.transactionNumber}</Link>
              </div>
            </>
          ),
        },
      ]}
    />
  );
}

function OneCard({ card }: { card: MemberCard }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('members.cards.number', { number: card.number })} style={{ marginBottom: 24 }}>
      <h3>
        {t('members.cards.number', { number: card.number })} <StatusTag status={card.status} />
      </h3>
      <div style={{ marginBottom: 12 }}>
        <CardActs
          card={card}
          isShared={card.guests.length > 0}
          isShareable={card.lots.some(({ time }) => (time?.sharedWith ?? 0) > 0)}
        />
      </div>
      <div className="field-grid" style={{ marginBottom: 16 }}>
        <Statistic
          title={t('members.cards.principal')}
          valueRender={() => <Amount minor={card.principal} currency={card.currency} />}
        />
        <Statistic
          title={t('members.cards.bonus')}
          valueRender={() => <Amount minor={card.bonus} currency={card.currency} />}
        />
        <Statistic title={t('members.cards.sessions')} value={card.sessions} />
      </div>
      {card.guests.length > 0 && (
        <p>{t('members.cards.guests', { members: listOf(card.guests.map(({ memberNo }) => memberNo)) })}</p>
      )}
      <Lots card={card} />
      <Entries card={card} />
      <CardTrail acts={card.acts} />
    </section>
  );
}

/** The member's cards: what is on each, from which sale, and every entry behind it with its why. */
export function MemberCardsCard({ memberId, cardId }: { memberId: string; cardId?: string }) {
  const { t } = useTranslation();
  const { data, error } = useQuery({ queryKey: ['member-cards', memberId], queryFn: () => readCards(memberId) });
  const cards = data?.cards.filter(({ id }) => cardId === undefined || id === cardId);
  return (
    <Card
      size="small"
      title={t('members.cards.title')}
      extra={<PinButton memberId={memberId} />}
      style={{ marginBottom: 16 }}
    >
      {error && <ErrorNotice error={toApiError(error)} />}
      {!data && !error && <Skeleton active />}
      {cards?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('members.cards.none')} />}
      {cards?.map((card) => (
        <OneCard key={card.id} card={card} />
      ))}
      {cardId === undefined && data && <GivenCards given={data.given} />}
    </Card>
  );
}
