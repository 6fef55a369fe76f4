import {
  getListboxItemId,
  KBAR_LISTBOX,
  KBarAnimator,
  KBarPositioner,
  KBarResults,
  useKBar,
  useRegisterActions,
  VisualState,
  type ActionImpl,
} from '@refinedev/kbar';
import { forwardRef, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { matchActions } from './match-actions';
import { useFoundActions, usePersonActions, useScreenActions } from './palette-actions';
import { useFound } from './use-found';

const Item = forwardRef<HTMLDivElement, { action: ActionImpl; isActive: boolean }>(({ action, isActive }, ref) => (
  <div ref={ref} className="palette-item" data-active={isActive || undefined}>
    <span aria-hidden>{action.icon}</span>
    <span>{action.name}</span>
    {action.subtitle && <span className="secondary">{action.subtitle}</span>}
  </div>
));
Item.displayName = 'PaletteItem';

/** Enter before the server has answered is kept, and runs the first thing found for the same text. */
function useEarlyEnter(actions: readonly ActionImpl[], typed: string, isLooking: boolean): void {
  const { query } = useKBar();
  const awaited = useRef<string | null>(null);
  const first = actions[0];
  useEffect(() => {
    function onKey(event: globalThis.KeyboardEvent): void {
      if (event.key === 'Enter' && !event.isComposing && isLooking && !first) awaited.current = typed;
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isLooking, first, typed]);
  useEffect(() => {
    if (awaited.current !== typed) awaited.current = null;
    else if (first) {
      query.setVisualState(VisualState.animatingOut);
      first.command?.perform(first);
    }
  }, [query, typed, first]);
}

function List({ actions }: { actions: ActionImpl[] }) {
  const frame = useRef<HTMLDivElement>(null);
  // kbar scrolls a part that no key reaches; assistive technology must be able to.
  useEffect(() => frame.current?.firstElementChild?.setAttribute('tabindex', '0'), []);
  return (
    <div ref={frame}>
      <KBarResults
        items={actions}
        onRender={({ item, active }) => (typeof item === 'string' ? <div /> : <Item action={item} isActive={active} />)}
      />
    </div>
  );
}

function Results({ typed, isLooking }: { typed: string; isLooking: boolean }) {
  const { t } = useTranslation();
  const { actions: all } = useKBar((state) => ({ actions: state.actions }));
  const actions = useMemo(() => matchActions(Object.values(all), typed), [all, typed]);
  useEarlyEnter(actions, typed, isLooking);
  const nothing = isLooking ? t('shell.loading') : t('palette.nothing');
  return (
    <>
      {/* Not before there are actions: a list that starts empty scrolls its first entry out of sight. */}
      {Object.keys(all).length > 0 && <List actions={actions} />}
      <div role="status" className={actions.length === 0 ? 'palette-nothing' : 'visually-hidden'}>
        {actions.length === 0 ? nothing : t('palette.count', { count: actions.length })}
      </div>
    </>
  );
}

/** Not kbar's field: that one shows what is typed only after a round through its store, and loses keys pressed meanwhile. */
function Field({ typed, onType }: { typed: string; onType(text: string): void }) {
  const { t } = useTranslation();
  const { query, activeIndex } = useKBar((state) => ({ activeIndex: state.activeIndex }));
  return (
    <input
      ref={query.inputRefSetter}
      autoFocus
      className="palette-search"
      role="combobox"
      aria-label={t('palette.title')}
      aria-expanded
      aria-controls={KBAR_LISTBOX}
      aria-activedescendant={getListboxItemId(activeIndex)}
      autoComplete="off"
      spellCheck={false}
      placeholder={t('palette.placeholder')}
      value={typed}
      onChange={(event) => onType(event.target.value)}
    />
  );
}

/** The field is the only stop of the dialog: Tab must not wander into the page behind. */
function keepFocus(event: KeyboardEvent): void {
  if (event.key === 'Tab') event.preventDefault();
}

/** Mounted while the palette is open; gives the focus back to where it was. */
function OpenPalette() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [opener] = useState(() => document.activeElement);
  const found = useFound(typed);
  const screens = useScreenActions();
  const person = usePersonActions();
  const records = useFoundActions(found);
  useRegisterActions(screens, [screens]);
  useRegisterActions(person, [person]);
  useRegisterActions(records, [records]);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    },
    [opener],
  );
  return (
    <KBarAnimator className="palette">
      <div role="dialog" aria-modal="true" aria-label={t('palette.title')} onKeyDown={keepFocus}>
        <Field typed={typed} onType={setTyped} />
        <Results typed={typed} isLooking={found.isLooking} />
      </div>
    </KBarAnimator>
  );
}

/** ⌘K / Ctrl-K: go anywhere, find a member or a transaction, switch what concerns the device. */
export function PaletteDialog() {
  const { state } = useKBar(({ visualState }) => ({ state: visualState }));
  // Gone at once when it closes: opened again within kbar's fading it would still hold what was typed before.
  if (state !== VisualState.animatingIn && state !== VisualState.showing) return null;
  // Not kbar's portal: at the end of <body> the colours of the theme are not known.
  return (
    <KBarPositioner className="palette-layer">
      <OpenPalette />
    </KBarPositioner>
  );
}
