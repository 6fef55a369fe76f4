import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useListedShortcut, useListedShortcuts, useShortcut } from '../components/use-shortcut';

/** `?`: the keys of the screen that is open, listed by whatever handles them. */
export default function ShortcutHelp() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const shortcuts = useListedShortcuts();
  useShortcut({ key: '?', keys: ['?'], label: 'help', run: () => setOpen(true) });
  useListedShortcut(['Esc'], 'escape');
  return (
    <>
      <Button
        type="text"
        icon={<QuestionCircleOutlined />}
        aria-label={t('shell.shortcuts')}
        title={t('shell.shortcuts')}
        onClick={() => setOpen(true)}
      />
      {/* Without motion: Ant Design moves the focus in, and so hears Esc, only when the motion has ended. */}
      <Modal
        open={isOpen}
        title={t('shell.shortcuts')}
        footer={null}
        onCancel={() => setOpen(false)}
        width={420}
        transitionName=""
        maskTransitionName=""
      >
        <dl className="shortcuts">
          {shortcuts.map(({ keys, label }) => (
            <div key={label}>
              <dt>{t(`palette.keys.${label}`)}</dt>
              <dd>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </Modal>
    </>
  );
}
