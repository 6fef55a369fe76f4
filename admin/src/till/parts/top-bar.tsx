import { DisconnectOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useTill } from '../till-context';
import { ShiftKey } from './shift-key';

/** Which till this is, its shift, the help, and the quiet word when the server is away. */
export function TopBar() {
  const { t } = useTranslation();
  const { till, open, isOnline, rights } = useTill();
  return (
    <div className="till-top">
      <button
        type="button"
        className="till-text-button"
        title={t('till.changeTill')}
        onClick={() => open({ kind: 'till' })}
      >
        {till.name} · {till.code}
      </button>
      <ShiftKey />
      {(rights.canRefund || rights.canExchange || rights.canVoid) && (
        <button type="button" className="till-text-button" onClick={() => open({ kind: 'refund', number: null })}>
          {t('refunds.atTill')}
        </button>
      )}
      <div className="till-offline-place" role="status">
        {!isOnline && (
          <span className="till-offline">
            <DisconnectOutlined aria-hidden="true" /> {t('till.offline')}
          </span>
        )}
      </div>
      <button type="button" className="till-text-button" onClick={() => open({ kind: 'help' })}>
        {t('till.keys')} <kbd aria-hidden="true">?</kbd>
      </button>
    </div>
  );
}
