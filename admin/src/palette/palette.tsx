import { SearchOutlined } from '@ant-design/icons';
import { KBarProvider, useKBar } from '@refinedev/kbar';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { COMMAND_KEY, useListedShortcut } from '../components/use-shortcut';
import { PaletteDialog } from './palette-dialog';
import './palette.css';

function PaletteButton() {
  const { t } = useTranslation();
  const { query } = useKBar();
  useListedShortcut([COMMAND_KEY, 'K'], 'palette');
  return (
    <Button
      className="palette-button"
      icon={<SearchOutlined />}
      aria-label={t('shell.search')}
      aria-haspopup="dialog"
      onClick={query.toggle}
    >
      <span className="palette-button-text">{t('shell.search')}</span>
      <kbd>{COMMAND_KEY} K</kbd>
    </Button>
  );
}

/** The command palette and the button that shows it is there. */
export default function Palette() {
  return (
    <KBarProvider options={{ animations: { enterMs: 120, exitMs: 0 }, disableScrollbarManagement: true }}>
      <PaletteButton />
      <PaletteDialog />
    </KBarProvider>
  );
}
