import { CloseOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { isQuiet } from '../model/problem';
import { useTill } from '../till-context';

/** What just did not work, and what to do; it goes with the next change of the cart. */
export function Notice() {
  const { t } = useTranslation();
  const { state, dispatch } = useTill();
  const { problem } = state;
  return (
    <div role="status" aria-live="polite">
      {problem && isQuiet(problem) && (
        <div className="till-notice">
          <span>
            {t(`till.notice.${problem.kind}`, problem.kind === 'unknown-barcode' ? { code: problem.barcode } : {})}
          </span>
          <button
            type="button"
            className="till-icon-button"
            aria-label={t('till.close')}
            onClick={() => dispatch({ type: 'dismiss' })}
          >
            <CloseOutlined />
          </button>
        </div>
      )}
    </div>
  );
}
