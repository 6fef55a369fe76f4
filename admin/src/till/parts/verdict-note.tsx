import { useTranslation } from 'react-i18next';
import type { Verdict } from '../model/till-permissions';
import { useTill } from '../till-context';

/** Said while typing: how far one may go alone. */
export function VerdictNote({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  const { money } = useTill();
  if (verdict.effect === 'allow' || !verdict.limit) return null;
  const { asked, allowed } = verdict.limit;
  return (
    <p className="till-warn" role="status">
      {t('till.aboveLimit', { asked: money.percent(asked), allowed: money.percent(allowed) })}
    </p>
  );
}
