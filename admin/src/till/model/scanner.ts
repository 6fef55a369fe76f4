/**
 * A keyboard-wedge scanner types like a person, only much faster, and ends with Enter or Tab.
 * Thresholds: scanners send a key every 1–20 ms, fast typists need 60 ms and more.
 */
export const MAX_GAP_MS = 35;
export const MIN_LENGTH = 4;

export interface Burst {
  text: string;
  lastAt: number;
}

export const NO_BURST: Burst = { text: '', lastAt: Number.NEGATIVE_INFINITY };

export interface KeyPress {
  /** `KeyboardEvent.key` */
  key: string;
  /** `KeyboardEvent.timeStamp`, ms. */
  at: number;
  /** Ctrl, Alt or Meta held: never part of a barcode. */
  hasModifier?: boolean;
}

export interface ScanStep {
  burst: Burst;
  /** A whole barcode, when this key ended one. */
  scanned: string | null;
  /** True when this key belongs to a burst, so it is no shortcut. */
  isInsideBurst: boolean;
}

const MODIFIER_KEYS = new Set(['Shift', 'CapsLock', 'Control', 'Alt', 'Meta']);

/** One key further. Pure: the time comes with the key. */
export function nextKey(burst: Burst, press: KeyPress): ScanStep {
  if (MODIFIER_KEYS.has(press.key)) return { burst, scanned: null, isInsideBurst: false };
  const isFast = press.at - burst.lastAt <= MAX_GAP_MS;
  if (press.key === 'Enter' || press.key === 'Tab') {
    const isScan = isFast && burst.text.length >= MIN_LENGTH;
    return { burst: NO_BURST, scanned: isScan ? burst.text : null, isInsideBurst: isScan };
  }
  if (press.key.length !== 1 || press.hasModifier) return { burst: NO_BURST, scanned: null, isInsideBurst: false };
  const text = isFast ? burst.text + press.key : press.key;
  return { burst: { text, lastAt: press.at }, scanned: null, isInsideBurst: isFast };
}

/** What a text field held before the scanner typed into it. */
export function withoutBurst(value: string, scanned: string): string {
  return value.endsWith(scanned) ? value.slice(0, value.length - scanned.length) : value;
}
