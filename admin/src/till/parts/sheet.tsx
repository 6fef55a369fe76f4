import { CloseOutlined } from '@ant-design/icons';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface SheetProps {
  title: string;
  onClose(): void;
  children: ReactNode;
  /** `edge` rises from below on a narrow screen. */
  shape?: 'centre' | 'edge';
}

/** Something over the sale. The browser's own dialog: it holds the focus, Esc leaves it, readers announce it. */
export function Sheet({ title, onClose, children, shape = 'centre' }: SheetProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // From below it comes on a touch screen: a focused field would call up the keyboard over it.
    const first = shape === 'edge' ? '.till-key-primary' : 'input, .till-key-primary';
    element?.querySelector<HTMLElement>(first)?.focus();
    return () => element?.close();
  }, [shape]);
  return (
    <dialog
      ref={dialog}
      className={`till-sheet till-sheet-${shape}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="till-sheet-body">
        <header className="till-sheet-head">
          <h2 id={titleId}>{title}</h2>
          <button type="button" className="till-icon-button" aria-label={t('till.close')} onClick={onClose}>
            <CloseOutlined />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
