import { useTranslation } from 'react-i18next';
import { isRefusal, sentenceFor, type ApiError } from '../../providers/api-error';
import { pick } from '../../providers/i18n';
import { widestLimit } from '../model/problem';
import { useTill } from '../till-context';

/** Why an act on the shift was refused, and who could allow it. */
export function ShiftProblem({ error }: { error: ApiError | null }) {
  const { t } = useTranslation();
  const { money } = useTill();
  if (!error || error.code === 'difference_reason_needed') return null;
  if (!isRefusal(error.details)) {
    return (
      <p className="till-warn" role="alert">
        {sentenceFor(error.code, error.statusCode)}
      </p>
    );
  }
  const { reasons, couldAllow } = error.details;
  const limit = widestLimit(reasons);
  const isForeign = reasons.some(({ code }) => code === 'not_own_record');
  return (
    <div className="till-warn" role="alert">
      <p>
        {limit
          ? t('till.aboveLimit', { asked: money.format(limit.asked), allowed: money.format(limit.allowed) })
          : t(isForeign ? 'shifts.notYours' : 'till.notPermitted.noGrant')}
      </p>
      {!isForeign && couldAllow.length > 0 && (
        <p>{t('till.notPermitted.who', { roles: couldAllow.map(pick).join(t('till.separator')) })}</p>
      )}
    </div>
  );
}
