export interface WatermarkFacts {
  /** What the sheet holds, e.g. `Members`. */
  title: string;
  staffName: string;
  reason: string;
  rows: number;
  now: Date;
}

/** Who took a sheet, when and why, in one line. It begins with `# Tessera`: an import passes such a row over. */
export function watermarkOf({ title, staffName, reason, rows, now }: WatermarkFacts): string {
  const told = [title, String(rows), staffName, now.toISOString(), reason];
  return `# Tessera · ${told.map((text) => text.replace(/\s+/g, ' ').trim()).join(' · ')}`;
}
