import { useEffect, useRef, useSyncExternalStore } from 'react';

/** One key of the screen that is open, as the help lists it. */
export interface Shortcut {
  /** Keycaps, e.g. `['↑', '↓']` or `['Ctrl', 'S']`. */
  keys: readonly string[];
  /** `palette.keys.<label>` says what it does. */
  label: string;
}

let listed: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

function setListed(next: readonly Shortcut[]): void {
  listed = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The shortcuts that work at this moment: whatever is mounted puts its own on the list. */
export function useListedShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => listed);
}

/** Lists a key that something else handles. */
export function useListedShortcut(keys: readonly string[], label: string, isOn = true): void {
  const caps = keys.join(' ');
  useEffect(() => {
    if (!isOn) return undefined;
    const shortcut = { keys: caps.split(' '), label };
    setListed([...listed, shortcut]);
    return () => setListed(listed.filter((other) => other !== shortcut));
  }, [caps, label, isOn]);
}

const IS_APPLE = /Mac|iP(hone|ad)/.test(navigator.platform);
/** How the key that means "command" is written on this machine. */
export const COMMAND_KEY = IS_APPLE ? '⌘' : 'Ctrl';

const OWN_KEYS = '[role="dialog"], [role="menu"], [role="listbox"]';
const FLOATING = '.ant-select-dropdown, .ant-picker-dropdown, .ant-popover, .ant-dropdown';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}

const isShown = (element: Element): boolean => element.getClientRects().length > 0;

/** A dialog, a menu or something floating over the page has the keyboard. */
function isElsewhere(target: EventTarget | null): boolean {
  const owner = target instanceof HTMLElement ? target.closest(OWN_KEYS) : null;
  // A dialog that has just closed keeps the focus until the browser draws again.
  if (owner && isShown(owner)) return true;
  return [...document.querySelectorAll(FLOATING)].some(isShown);
}

interface Binding {
  /** `KeyboardEvent.key`. */
  key: string;
  /** Together with ⌘ or Ctrl. */
  isCommand?: boolean;
  /** Also while somebody types in a field. */
  worksInFields?: boolean;
  isOn?: boolean;
  run: () => void;
}

/** Runs on a key pressed on the page, unless a field, a dialog or a menu has it. */
export function useKey({ key, isCommand = false, worksInFields = false, isOn = true, run }: Binding): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!isOn) return undefined;
    function onKey(event: KeyboardEvent): void {
      const isPressed =
        event.key.toLowerCase() === key.toLowerCase() &&
        (event.ctrlKey || event.metaKey) === isCommand &&
        !event.altKey;
      if (!isPressed || event.isComposing || event.defaultPrevented || isElsewhere(event.target)) return;
      if (!worksInFields && isTyping(event.target)) return;
      event.preventDefault();
      latest.current();
    }
    // While it goes down: on its way up, what floats has closed already and would not be seen.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [key, isCommand, worksInFields, isOn]);
}

/** A key and its line in the help. */
export function useShortcut(binding: Binding & Shortcut): void {
  useKey(binding);
  useListedShortcut(binding.keys, binding.label, binding.isOn);
}
