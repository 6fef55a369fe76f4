/** What spreadsheets take for the beginning of a formula (OWASP, CSV injection), behind apostrophes of any number. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u;
const SHIELDED = /^'+[=+\-@\t\r\n＝＋－＠]/u;

/** A text that a spreadsheet shows as text: one that begins like a formula gets an apostrophe in front. */
export function shieldCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Takes back exactly what `shieldCell` put in front, so that a file that went out comes in as it was. */
export function unshieldCell(text: string): string {
  return SHIELDED.test(text) ? text.slice(1) : text;
}

/** One CSV cell that runs no formula. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = shieldCell(value);
  return /[",\n\r;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Says "UTF-8" to spreadsheets that would otherwise read a CSV in the code page of the machine. */
export const CSV_BOM = '\uFEFF';
