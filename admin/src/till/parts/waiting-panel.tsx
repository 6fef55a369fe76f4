import { LoadingOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTill } from '../till-context';
import { KeyButton } from './key-button';

/** An answer that takes longer than this is worth a word. */
const WORTH_A_WORD_MS = 1_500;

/** The sale is on its way. What happened, what it means, what to do: nothing is lost, nothing is booked twice. */
export function WaitingPanel() {
  const { t } = useTranslation();
  const { state, dispatch, priced, money } = useTill();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), WORTH_A_WORD_MS);
    return () => clearTimeout(timer);
  }, []);
  const { silence, attempts } = state;
  const isTrouble = attempts > 1 || (silence !== null && silence !== 'sending');
  const text = silence === 'sending' || silence === null ? 'unreachable' : silence;
  return (
    <div className="till-waiting" role="status">
      <span className="till-totals-label">{t('till.booking')}</span>
      <span className="till-total amount">{money.format(priced.totals.payable)}</span>
      <LoadingOutlined aria-hidden="true" className="till-spinner" />
      {isTrouble && (
        <>
          <h3>{t(`till.waiting.${text}.title`)}</h3>
          <p>{t(`till.waiting.${text}.text`)}</p>
          <p>{t('till.waiting.safe')}</p>
          <KeyButton tone="primary" disabled={silence === 'sending'} onClick={() => dispatch({ type: 'attempt' })}>
            {silence === 'sending' ? t('till.waiting.trying') : t('till.waiting.tryNow')}
          </KeyButton>
        </>
      )}
      {!isTrouble && isLong && <p>{t('till.waiting.slow')}</p>}
    </div>
  );
}
