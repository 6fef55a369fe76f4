import { useTranslation } from 'react-i18next';

interface ReasonFieldProps {
  value: string;
  onChange(reason: string): void;
  suggestions: readonly string[];
}

/** Why: one tap for the usual ones, a field for the others. */
export function ReasonField({ value, onChange, suggestions }: ReasonFieldProps) {
  const { t } = useTranslation();
  return (
    <div className="till-form">
      <div className="till-chips" role="group" aria-label={t('till.usualReasons')}>
        {suggestions.map((suggestion) => (
          <button
            key={suggestion}
            type="button"
            className="till-chip"
            aria-pressed={value === suggestion}
            onClick={() => onChange(suggestion)}
          >
            {suggestion}
          </button>
        ))}
      </div>
      <label>
        <span>{t('till.reason')}</span>
        <input value={value} maxLength={200} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
      </label>
    </div>
  );
}
