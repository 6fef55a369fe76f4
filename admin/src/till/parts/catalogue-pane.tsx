import { CloseCircleFilled, SearchOutlined } from '@ant-design/icons';
import { useCallback, useMemo, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { nameOf } from '../../providers/i18n';
import { findByCode, searchCatalogue, type CatalogueItem } from '../model/catalogue-search';
import { useTill } from '../till-context';
import { CatalogueTile } from './catalogue-tile';

/** More tiles than a person looks through; the search narrows. */
const PAGE = 120;
/** Tab of what is sold as a card; no category has such an id. */
const CARD_PLANS = 'card-plan';
const FALLBACK_COLOUR = '#64748b';

function CategoryTabs({ active, onChoose }: { active: string | null; onChoose(id: string | null): void }) {
  const { t } = useTranslation();
  const { categories, items } = useTill().catalogue.catalogue;
  const used = useMemo(() => new Set(items.map((item) => item.categoryId)), [items]);
  const tabs = [
    { id: null, name: t('till.allCategories') },
    ...categories.filter(({ id }) => used.has(id)).map((category) => ({ id: category.id, name: nameOf(category) })),
    ...(items.some(({ kind }) => kind === CARD_PLANS) ? [{ id: CARD_PLANS, name: t('till.cardPlans') }] : []),
  ];
  return (
    <div className="till-tabs" role="group" aria-label={t('till.categories')}>
      {tabs.map((tab) => (
        <button
          key={tab.id ?? 'all'}
          type="button"
          className="till-tab"
          aria-pressed={active === tab.id}
          onClick={() => onChoose(tab.id)}
        >
          {tab.name}
        </button>
      ))}
    </div>
  );
}

interface SearchFieldProps {
  text: string;
  onSearch(text: string): void;
  onEnter(): void;
  field: RefObject<HTMLInputElement>;
}

function SearchField({ text, onSearch, onEnter, field }: SearchFieldProps) {
  const { t } = useTranslation();
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter();
  }
  return (
    <div className="till-search">
      <SearchOutlined aria-hidden="true" />
      <input
        ref={field}
        value={text}
        enterKeyHint="search"
        autoComplete="off"
        placeholder={t('till.searchHint')}
        aria-label={t('till.search')}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {text === '' ? (
        <kbd aria-hidden="true">/</kbd>
      ) : (
        <button
          type="button"
          className="till-icon-button"
          aria-label={t('till.clearSearch')}
          onClick={() => onSearch('')}
        >
          <CloseCircleFilled />
        </button>
      )}
    </div>
  );
}

function Tiles({ items, emptyText }: { items: readonly CatalogueItem[]; emptyText: string }) {
  const { t } = useTranslation();
  const { catalogue, money, dispatch } = useTill();
  const [pages, setPages] = useState(1);
  const colours = useMemo(
    () => new Map(catalogue.catalogue.categories.map(({ id, colour }) => [id, colour ?? FALLBACK_COLOUR])),
    [catalogue],
  );
  const add = useCallback((sku: string) => dispatch({ type: 'add', sku }), [dispatch]);
  const shown = items.slice(0, pages * PAGE);
  return (
    <div className="till-tiles">
      {shown.map((item) => (
        <CatalogueTile
          key={item.sku}
          item={item}
          name={nameOf(item)}
          colour={colours.get(item.categoryId ?? '') ?? FALLBACK_COLOUR}
          price={money.format(item.unitPrice)}
          onAdd={add}
        />
      ))}
      {items.length === 0 && <p className="till-empty">{emptyText}</p>}
      {items.length > shown.length && (
        <button type="button" className="till-key till-key-quiet till-wide-cell" onClick={() => setPages(pages + 1)}>
          {t('till.showMore', { number: items.length - shown.length })}
        </button>
      )}
    </div>
  );
}

interface CataloguePaneProps {
  search: string;
  onSearch(text: string): void;
  searchField: RefObject<HTMLInputElement>;
}

/** Categories, tiles and the search over all of them. */
export function CataloguePane({ search, onSearch, searchField }: CataloguePaneProps) {
  const { t } = useTranslation();
  const { catalogue, dispatch } = useTill();
  const [category, setCategory] = useState<string | null>(null);
  const wanted = search.trim();
  const items = useMemo(() => {
    if (wanted !== '') return searchCatalogue(catalogue, wanted, catalogue.entries.length);
    return catalogue.catalogue.items.filter(
      (item) => category === null || item.categoryId === category || item.kind === category,
    );
  }, [catalogue, wanted, category]);

  function addFirst(): void {
    const item = wanted === '' ? null : (findByCode(catalogue, wanted) ?? items[0]);
    if (!item) return;
    dispatch({ type: 'add', sku: item.sku });
    onSearch('');
  }

  function choose(id: string | null): void {
    setCategory(id);
    onSearch('');
  }

  return (
    <section className="till-catalogue" aria-label={t('till.catalogue')}>
      <SearchField text={search} onSearch={onSearch} onEnter={addFirst} field={searchField} />
      <CategoryTabs active={wanted === '' ? category : null} onChoose={choose} />
      <Tiles
        // Another list begins at its top.
        key={`${category ?? ''} ${wanted}`}
        items={items}
        emptyText={wanted === '' ? t('till.noItems') : t('till.nothingFound', { text: wanted })}
      />
    </section>
  );
}
