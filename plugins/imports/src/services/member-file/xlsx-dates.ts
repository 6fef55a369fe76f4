const DAY_MS = 86_400_000;
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
const SERIAL_EPOCH_1904 = Date.UTC(1904, 0, 1);

/** Formats that every program knows without being told (ECMA-376, 18.8.30), those of Chinese and Japanese dates included. */
const BUILT_IN: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** Does a number format show a date or a time? @param code of a custom format */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN.some(([first, last]) => id >= first && id <= last);
  // Colours, locales and literal text say nothing of the value.
  const plain = code.replace(/\[[^\]]*\]|"[^"]*"|\\./g, '');
  return /[ymdhs]/i.test(plain) && !/general/i.test(plain);
}

/** A day as workbooks count it → `YYYY-MM-DD`, with ` HH:MM:SS` when it has a time of day. */
export function serialToText(serial: number, is1904: boolean): string {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_465) return String(serial);
  const seconds = Math.round(serial * 86_400);
  const iso = new Date((is1904 ? SERIAL_EPOCH_1904 : SERIAL_EPOCH) + seconds * 1_000).toISOString();
  return (seconds * 1_000) % DAY_MS === 0 ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ');
}
