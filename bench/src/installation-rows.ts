import type { ImportFigures } from './installation';
import type { Row } from './results';

export function startRow(seconds: number): Row {
  return {
    what: 'Second `npm start`, nothing changed',
    goal: '≤ 10 s',
    measured: `${seconds.toFixed(1)} s`,
    isMet: seconds <= 10,
    meaning:
      'from the command to the first answer of `/_health`: build check, PostgreSQL, Strapi, with the demo store.',
  };
}

const IMPORT = [
  {
    what: '`npm run import` of the whole file',
    goal: '≤ 240 s',
    meaning: 'the command with an empty database: build check, PostgreSQL, Strapi’s first boot, 541,909 rows.',
  },
  {
    what: 'Memory of the import',
    goal: 'flat',
    meaning: 'largest resident set of the whole process; its heap is capped at 384 MB by the npm script.',
  },
  {
    what: 'The import against the file',
    goal: 'to the penny',
    meaning: 'Σ quantity × price of the file, as the report says.',
  },
] as const;

/** `null` = the file is not there. */
export function importRows(figures: ImportFigures | null): Row[] {
  if (!figures) {
    return IMPORT.map((row) => ({ ...row, measured: 'not measured: file absent', isMet: null }));
  }
  const { seconds, peakMegabytes, reconciliation, isExact } = figures;
  const [time, memory, sum] = IMPORT;
  return [
    { ...time, measured: `${seconds.toFixed(0)} s`, isMet: seconds <= 240 },
    {
      ...memory,
      measured:
        peakMegabytes === null ? 'not measured: the system does not say' : `${peakMegabytes.toFixed(0)} MB at most`,
      isMet: null,
    },
    { ...sum, measured: reconciliation, isMet: isExact },
  ];
}
