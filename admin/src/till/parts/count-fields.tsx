import type { Denomination, Pieces } from '@tessera/checkout/contracts';
import { useTranslation } from 'react-i18next';
import { denominationKey, parsePieces, WHOLE, worthOf, type CountTexts } from '../model/cash-count';
import { useTill } from '../till-context';

interface CountFieldsProps {
  denominations: readonly Denomination[];
  texts: CountTexts;
  onChange(texts: CountTexts): void;
  /** Null while a field holds no number. */
  pieces: readonly Pieces[] | null;
}

/** Counting cash: one field per note and coin, the sum under them. */
export function CountFields({ denominations, texts, onChange, pieces }: CountFieldsProps) {
  const { t } = useTranslation();
  const { money } = useTill();
  const set = (key: string) => (event: { target: { value: string } }) =>
    onChange({ ...texts, [key]: event.target.value });
  return (
    <div className="till-form">
      <div className="till-count" role="group" aria-label={t('shifts.countCash')}>
        {denominations.map((denomination) => {
          const key = denominationKey(denomination);
          const text = texts[key] ?? '';
          return (
            <label key={key} data-form={denomination.form}>
              <span>
                {money.format(denomination.value)} <small>{t(`shifts.form.${denomination.form}`)}</small>
              </span>
              <input
                inputMode="numeric"
                autoComplete="off"
                placeholder="0"
                value={text}
                aria-invalid={parsePieces(text) === null}
                onChange={set(key)}
              />
            </label>
          );
        })}
        {denominations.length === 0 && (
          <label>
            <span>{t('shifts.wholeSum')}</span>
            <input
              inputMode="decimal"
              autoComplete="off"
              placeholder="0"
              value={texts[WHOLE] ?? ''}
              aria-invalid={pieces === null}
              onChange={set(WHOLE)}
            />
          </label>
        )}
      </div>
      <p className="till-change-line">
        <span>{t('shifts.countedSum')}</span>
        <strong className="amount">{pieces ? money.format(worthOf(pieces)) : '–'}</strong>
      </p>
    </div>
  );
}
