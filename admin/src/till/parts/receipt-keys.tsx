import { PrinterOutlined, QrcodeOutlined } from '@ant-design/icons';
import type { Transaction } from '@tessera/checkout/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  choosePaperWidth,
  choosePrintsEvery,
  PAPER_WIDTHS,
  paperWidth,
  printReceipt,
  printsEvery,
  type PaperWidth,
} from '../../components/print-page';

interface ReceiptKeysProps {
  transaction: Transaction;
  isQrShown: boolean;
  onToggleQr(): void;
}

/** Paper or QR code; whether every sale prints, and on which paper, is kept on the device. */
export function ReceiptKeys({ transaction, isQrShown, onToggleQr }: ReceiptKeysProps) {
  const { t, i18n } = useTranslation();
  const [isEvery, setEvery] = useState(printsEvery);
  const [width, setWidth] = useState(paperWidth);
  const [isFailed, setFailed] = useState(false);
  const printed = useRef<string | null>(null);
  const { id } = transaction;
  const { language } = i18n;

  const print = useCallback(() => {
    printed.current = id;
    printReceipt(id, language).then(
      () => setFailed(false),
      () => setFailed(true),
    );
  }, [id, language]);
  useEffect(() => {
    if (printsEvery() && printed.current !== id) print();
  }, [id, print]);

  return (
    <div className="till-receipt-keys">
      <div className="till-method-keys">
        <button type="button" className="till-key till-key-plain" onClick={print}>
          <PrinterOutlined aria-hidden="true" />
          <span>{t('till.print')}</span>
        </button>
        <button type="button" className="till-key till-key-plain" aria-pressed={isQrShown} onClick={onToggleQr}>
          <QrcodeOutlined aria-hidden="true" />
          <span>{t('till.showQr')}</span>
        </button>
      </div>
      {isFailed && (
        <p className="till-warn" role="alert">
          {t('till.printFailed')}
        </p>
      )}
      <label className="till-check">
        <input
          type="checkbox"
          checked={isEvery}
          onChange={(event) => {
            choosePrintsEvery(event.target.checked);
            setEvery(event.target.checked);
          }}
        />
        <span>{t('till.printEvery')}</span>
      </label>
      <label className="till-check">
        <span>{t('till.paper')}</span>
        <select
          value={width}
          onChange={(event) => {
            const chosen = Number(event.target.value) as PaperWidth;
            choosePaperWidth(chosen);
            setWidth(chosen);
          }}
        >
          {PAPER_WIDTHS.map((millimetres) => (
            <option key={millimetres} value={millimetres}>
              {t('till.millimetres', { number: millimetres })}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
