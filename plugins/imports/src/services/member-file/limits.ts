/** What a file of members may be at most. Larger ones are refused before a row is taken. */
export const LIMITS = {
  columns: 200,
  rows: 200_000,
  /** Characters of one cell: as many as a spreadsheet holds. */
  cell: 32_767,
  /** Bytes of one workbook, unpacked: a small archive can hold a huge one. */
  unpacked: 400_000_000,
  /** Of them the texts that cells share, which are kept in memory while its rows are read. */
  sharedTexts: 64_000_000,
  /** Files in a workbook. */
  entries: 2_000,
} as const;
