import { useTranslation } from 'react-i18next';
import { SHORTCUTS } from '../model/shortcuts';
import { useTill } from '../till-context';
import { Sheet } from './sheet';

/** `?`: every key of the till. */
export default function HelpSheet() {
  const { t } = useTranslation();
  const { open } = useTill();
  return (
    <Sheet title={t('till.helpTitle')} onClose={() => open(null)}>
      <dl className="till-help">
        {SHORTCUTS.map(({ keys, command }) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{t(`till.help.${command}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="till-hint">{t('till.helpScanner')}</p>
    </Sheet>
  );
}
