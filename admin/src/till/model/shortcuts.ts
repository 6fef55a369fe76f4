/** What a key asks the till to do; the screen performs it or, where it makes no sense, lets it pass. */
export type Command =
  | 'search'
  | 'member'
  | 'hold'
  | 'discount'
  | 'pay'
  | 'back'
  | 'previousLine'
  | 'nextLine'
  | 'remove'
  | 'confirm'
  | 'help';

export interface Shortcut {
  /** As printed on the key and in the help. */
  keys: string;
  command: Command | 'quantity';
}

/** The map shown on the keys themselves and under `?`. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: '/', command: 'search' },
  { keys: '0–9 ↵', command: 'quantity' },
  { keys: '↑ ↓', command: 'nextLine' },
  { keys: 'Del', command: 'remove' },
  { keys: 'F2', command: 'member' },
  { keys: 'F4', command: 'hold' },
  { keys: 'F8', command: 'discount' },
  { keys: 'F9', command: 'pay' },
  { keys: 'Esc', command: 'back' },
  { keys: '?', command: 'help' },
];

/** These work while a text field has the focus, too. */
const ANYWHERE: Record<string, Command> = { F2: 'member', F4: 'hold', F8: 'discount', F9: 'pay', Escape: 'back' };
const OUTSIDE_FIELDS: Record<string, Command> = {
  '/': 'search',
  '?': 'help',
  ArrowUp: 'previousLine',
  ArrowDown: 'nextLine',
  Delete: 'remove',
  Backspace: 'remove',
  Enter: 'confirm',
};

export interface KeyContext {
  isInTextField: boolean;
  /** A button or link has the focus: Enter and space belong to it. */
  isOnControl: boolean;
  hasModifier: boolean;
}

/** The command or digit a key stands for here, or null when the browser may have it. */
export function commandOf(key: string, context: KeyContext): Command | { digit: string } | null {
  if (context.hasModifier) return null;
  if (Object.hasOwn(ANYWHERE, key)) return ANYWHERE[key] ?? null;
  if (context.isInTextField) return null;
  if (/^\d$/.test(key)) return { digit: key };
  if (key === 'Enter' && context.isOnControl) return null;
  return Object.hasOwn(OUTSIDE_FIELDS, key) ? (OUTSIDE_FIELDS[key] ?? null) : null;
}
