import { useTranslation } from 'react-i18next';
import { pick } from '../../providers/i18n';
import { useTill } from '../till-context';
import { useLast } from '../effects/use-last';

const isMoney = (measure: string): boolean => measure === 'spend' || measure === 'topUp';

/** Under the member: the tier, and the shortest way to the next. */
export function TierBar() {
  const { t } = useTranslation();
  const { state, money } = useTill();
  const quote = useLast(state.quote);
  const isSelling = state.phase === 'selling' || state.phase === 'paying';
  if (!isSelling || !quote?.tier || quote.memberId !== state.cart.member?.id) return null;
  const { current, next } = quote.tier;
  const nearest = next?.missing.find(({ measure }) => !isMoney(measure) || next.currency === money.currency);
  if (!current && !nearest) return null;
  const missing = nearest && isMoney(nearest.measure) ? money.format(nearest.missing) : nearest?.missing;
  return (
    <div className="till-points">
      <span>
        {current && <strong>{pick(current.label)}</strong>}
        {current && next && nearest && ' · '}
        {next && nearest && t(`till.tierMissing.${nearest.measure}`, { tier: pick(next.label), missing })}
      </span>
    </div>
  );
}
