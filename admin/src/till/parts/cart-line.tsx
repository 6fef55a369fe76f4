import { DeleteOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { nameOf, pick } from '../../providers/i18n';
import type { PricedLine } from '../model/price-cart';
import { useTill } from '../till-context';

function Reasons({ priced }: { priced: PricedLine }) {
  const { t } = useTranslation();
  const { money, catalogue } = useTill();
  const staff = catalogue.catalogue.staff ?? [];
  const names = priced.line.staffIds.map((id) => staff.find((person) => person.id === id)?.name ?? id);
  return (
    <>
      {priced.adjustments.map((adjustment, index) => (
        <span key={`${adjustment.source}-${index}`} className="till-reason">
          <span>{[pick(adjustment.label), adjustment.reason].filter(Boolean).join(t('till.colon'))}</span>
          <span className="amount">{money.format(adjustment.amount)}</span>
        </span>
      ))}
      {names.length > 0 && (
        <span className="till-reason">{t('till.performedBy', { names: names.join(t('till.separator')) })}</span>
      )}
      {!priced.item && <span className="till-reason till-warn">{t('till.notInCatalogue')}</span>}
    </>
  );
}

function LineKeys({ priced }: { priced: PricedLine }) {
  const { t } = useTranslation();
  const { dispatch, rights, catalogue, open } = useTill();
  const { line, item } = priced;
  const canNameStaff = item?.kind === 'service' && (catalogue.catalogue.staff ?? []).length > 0;
  const step = (by: number) => dispatch({ type: 'setQuantity', key: line.key, quantity: line.quantity + by });
  return (
    <div className="till-line-keys">
      <button
        type="button"
        className="till-icon-button till-boxed"
        aria-label={t('till.less')}
        onClick={() => step(-1)}
      >
        <MinusOutlined />
      </button>
      <button type="button" className="till-icon-button till-boxed" aria-label={t('till.more')} onClick={() => step(1)}>
        <PlusOutlined />
      </button>
      {rights.canOverridePrice && item?.kind !== 'card-plan' && (
        <button type="button" className="till-text-button" onClick={() => open({ kind: 'price', key: line.key })}>
          {t('till.changePrice')}
        </button>
      )}
      {canNameStaff && (
        <button type="button" className="till-text-button" onClick={() => open({ kind: 'staff', key: line.key })}>
          {t('till.whoPerformed')}
        </button>
      )}
      <button
        type="button"
        className="till-icon-button till-remove"
        aria-label={t('till.removeLine')}
        title={t('till.removeLineKey')}
        onClick={() => dispatch({ type: 'remove', key: line.key })}
      >
        <DeleteOutlined />
      </button>
    </div>
  );
}

/** One line of the cart: what, how many, for how much, and why. The selected one shows its keys. */
export function CartLine({ priced }: { priced: PricedLine }) {
  const { t } = useTranslation();
  const { state, dispatch, money } = useTill();
  const element = useRef<HTMLLIElement>(null);
  const { line } = priced;
  const isSelected = state.selectedKey === line.key;
  useEffect(() => {
    if (isSelected) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isSelected, line.quantity]);
  const typed = isSelected && state.typedQuantity !== '' ? state.typedQuantity : null;
  return (
    <li ref={element} className="till-line" data-selected={isSelected} data-sku={line.sku}>
      <button
        type="button"
        className="till-line-main"
        aria-pressed={isSelected}
        onClick={() => dispatch({ type: 'select', key: line.key })}
      >
        <span className="till-line-name">{nameOf(priced)}</span>
        <span className="till-line-amount amount">{money.format(priced.amount)}</span>
        <span className="till-line-count amount">
          {typed ? (
            <mark>{t('till.typedQuantity', { quantity: typed })}</mark>
          ) : (
            `${line.quantity} × ${money.format(priced.listUnitPrice)}`
          )}
        </span>
        <Reasons priced={priced} />
      </button>
      {isSelected && state.phase !== 'submitting' && <LineKeys priced={priced} />}
    </li>
  );
}
