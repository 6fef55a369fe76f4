import type { CardAct, MemberCards } from '@tessera/cards/contracts';
import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../components/instant';
import { pick } from '../../providers/i18n';

/** What changed: numbers, members, ends. */
function What({ act }: { act: CardAct }) {
  const { t } = useTranslation();
  return (
    <>
      {act.oldNumber && <div>{t('members.cards.trail.replaced', { number: act.oldNumber })}</div>}
      {act.kind === 'transfer' && (
        <div>{t('members.cards.trail.handedOn', { from: act.fromMemberNo ?? '–', to: act.toMemberNo ?? '–' })}</div>
      )}
      {(act.kind === 'share' || act.kind === 'unshare') && (
        <div>{t('members.cards.trail.sharedWith', { member: act.toMemberNo ?? '–' })}</div>
      )}
      {act.lots.map(({ id, nameZh, nameEn, before, after }) => (
        <div key={id}>
          {pick({ zh: nameZh, en: nameEn })}: {before ? <Instant iso={before} /> : t('members.cards.always')} →{' '}
          {after ? <Instant iso={after} /> : t('members.cards.always')}
        </div>
      ))}
    </>
  );
}

function Entry({ act }: { act: CardAct }) {
  const { t } = useTranslation();
  return (
    <>
      <strong>{t(`members.cards.acts.${act.kind}`)}</strong>
      <span className="secondary">
        {' · '}
        <Instant iso={act.occurredAt} /> · {act.staffName}
      </span>
      <What act={act} />
      <div className="secondary">{t('members.cards.trail.because', { reason: act.reason })}</div>
    </>
  );
}

/** Everything that was done with a card, newest first. */
export function CardTrail({ acts }: { acts: readonly CardAct[] }) {
  const { t } = useTranslation();
  if (acts.length === 0) return null;
  return (
    <>
      <h4>{t('members.cards.trail.title')}</h4>
      <Timeline items={acts.map((act) => ({ key: act.id, children: <Entry act={act} /> }))} />
    </>
  );
}

/** Cards that the member handed on to others. */
export function GivenCards({ given }: { given: MemberCards['given'] }) {
  const { t } = useTranslation();
  if (given.length === 0) return null;
  return (
    <>
      <h4>{t('members.cards.trail.given')}</h4>
      <Timeline
        items={given.map(({ act, number }) => ({
          key: act.id,
          children: (
            <>
              <div>{t('members.cards.number', { number })}</div>
              <Entry act={act} />
            </>
          ),
        }))}
      />
    </>
  );
}
