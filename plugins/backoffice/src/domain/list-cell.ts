const SEPARATORS = /[;；,，、|]/;

/**
 * A list of texts in one cell of a sheet. Texts that hold a separator themselves stand on a line each, the last one with
 * its line end, so that `splitList` finds the same texts again.
 */
export function joinList(texts: readonly string[]): string {
  return texts.some((text) => SEPARATORS.test(text)) ? texts.map((text) => `${text}\n`).join('') : texts.join('; ');
}

/** The texts of a cell: one a line, or else separated by what people separate by (`;` `,` `、` `|`). */
export function splitList(cell: string): string[] {
  const parts = /\n/.test(cell) ? cell.split(/\r?\n/) : cell.split(SEPARATORS);
  return parts.map((text) => text.trim()).filter((text) => text !== '');
}
