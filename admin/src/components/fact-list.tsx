import type { ReactNode } from 'react';

interface Fact {
  label: string;
  value: ReactNode;
  /** A long text: takes the whole row. */
  isWide?: boolean;
}

/** Labels and values side by side. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ label, value, isWide }) => (
        <div key={label} className={isWide ? 'facts-wide' : undefined}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
