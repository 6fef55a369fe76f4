import type { Quote } from '@tessera/checkout/contracts';
import { scaleDown } from '@tessera/kernel/domain';
import { useTranslation } from 'react-i18next';
import { useLast } from '../effects/use-last';
import { useTill } from '../till-context';

function Chip({ points, text }: { points: number; text: string }) {
  const { state, dispatch } = useTill();
  return (
    <button
      type="button"
      className="till-chip"
      aria-pressed={state.cart.points === points}
      onClick={() => dispatch({ type: 'setPoints', points })}
    >
      {text}
    </button>
  );
}

/** How many points take part of the bill: the most useful choice on a key, any other on the slider. */
function Redeem({ points }: { points: NonNullable<Quote['points']> }) {
  const { t } = useTranslation();
  const { state, dispatch, money } = useTill();
  const { min, max, step, suggested, per, worth } = points;
  const worthOf = (count: number) => money.format(scaleDown(count, worth, per));
  const chosen = state.cart.points;
  return (
    <>
      <input
        type="range"
        className="till-points-range"
        aria-label={t('till.redeemPoints')}
        aria-valuetext={t('till.pointsWorth', { points: chosen, amount: worthOf(chosen) })}
        min={0}
        max={Math.max(max, chosen)}
        step={step}
        value={chosen}
        onChange={({ target }) => {
          const wanted = Number(target.value);
          dispatch({ type: 'setPoints', points: wanted > 0 ? Math.max(wanted, Math.ceil(min / step) * step) : 0 });
        }}
      />
      <div className="till-chips" role="group" aria-label={t('till.redeemPoints')}>
        <Chip points={0} text={t('till.redeemNone')} />
        <Chip points={suggested} text={t('till.redeemMost', { points: suggested, amount: worthOf(suggested) })} />
      </div>
    </>
  );
}

/** Under the member: what he has, what he may redeem on this cart and why not, what it will earn. */
export function PointsBar() {
  const { t } = useTranslation();
  const { state } = useTill();
  const quote = useLast(state.quote);
  const isSelling = state.phase === 'selling' || state.phase === 'paying';
  if (!isSelling || !quote?.points || quote.memberId !== state.cart.member?.id) return null;
  const { points, earnings, rejected } = quote;
  const refusal = rejected.find(({ code }) => code === 'points')?.reason ?? points.refusal;
  const earned = earnings.reduce((all, { amount }) => all + amount, 0);
  return (
    <div className="till-points">
      <span>
        {t('till.pointsHeld', { points: points.available })}
        {earned > 0 && ` · ${t('till.pointsEarned', { points: earned })}`}
      </span>
      {(points.max > 0 || state.cart.points > 0) && <Redeem points={points} />}
      {refusal && (
        <span className="till-hint">
          {t(`till.pointsRefusal.${refusal}`, { min: points.min, step: points.step, max: points.max })}
        </span>
      )}
    </div>
  );
}
