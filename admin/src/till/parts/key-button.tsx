import type { ButtonHTMLAttributes, ReactNode } from 'react';

interface KeyButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** The key that does the same, shown on the button. */
  hint?: string;
  tone?: 'primary' | 'plain' | 'quiet' | 'danger';
  children: ReactNode;
}

/** A key of the till: at least 44 px high, with its keyboard key printed on it. */
export function KeyButton({ hint, tone = 'plain', children, className = '', ...rest }: KeyButtonProps) {
  return (
    <button type="button" className={`till-key till-key-${tone} ${className}`} {...rest}>
      <span className="till-key-label">{children}</span>
      {hint && <kbd aria-hidden="true">{hint}</kbd>}
    </button>
  );
}
