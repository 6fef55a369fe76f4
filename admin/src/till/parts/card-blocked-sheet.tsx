import { useTranslation } from 'react-i18next';
import { pick } from '../../providers/i18n';
import type { Problem } from '../model/problem';
import { useTill } from '../till-context';
import { KeyButton } from './key-button';
import { Sheet } from './sheet';

/** A card of the sale is frozen or lost: why it cannot be used, and who can help. */
export default function CardBlockedSheet({ number, status, couldHelp }: Extract<Problem, { kind: 'card-blocked' }>) {
  const { t } = useTranslation();
  const { dispatch } = useTill();
  const dismiss = () => dispatch({ type: 'dismiss' });
  return (
    <Sheet title={t('till.cardBlocked.title', { number: number.slice(-4) })} onClose={dismiss}>
      <p className="till-statement">{t(`till.cardBlocked.${status}`)}</p>
      {couldHelp.length > 0 && (
        <p>{t('till.notPermitted.who', { roles: couldHelp.map(pick).join(t('till.separator')) })}</p>
      )}
      <p className="till-hint">{t('till.notPermitted.kept')}</p>
      <KeyButton tone="primary" hint="Esc" onClick={dismiss}>
        {t('till.backToCart')}
      </KeyButton>
    </Sheet>
  );
}
