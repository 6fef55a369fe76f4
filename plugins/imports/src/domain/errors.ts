import { defineError } from '@tessera/kernel/domain';

export const unreadableFile = defineError<{ reason: string }>(
  'unreadable_file',
  422,
  ({ reason }) => `The file cannot be read: ${reason}`,
);
export const emptyFile = defineError('empty_file', 422, 'The file has no rows');
export const wrongHeader = defineError<{ expected: string[]; found: string[] }>(
  'wrong_header',
  422,
  ({ expected, found }) => `The first line must be ${expected.join(',')} but is ${found.join(',')}`,
);
export const unknownProfile = defineError<{ profile: string; known: string[] }>(
  'unknown_profile',
  422,
  ({ profile, known }) => `There is no profile ${profile}; there are: ${known.join(', ')}`,
);
export const wrongCurrency = defineError<{ storeCode: string; storeCurrency: string; fileCurrency: string }>(
  'wrong_currency',
  422,
  ({ storeCode, storeCurrency, fileCurrency }) =>
    `The file is in ${fileCurrency}, but store ${storeCode} keeps its books in ${storeCurrency}`,
);
export const importRunning = defineError('import_running', 409, 'Another import is running; wait for it or cancel it');
export const runIsOver = defineError<{ status: string }>(
  'run_is_over',
  409,
  ({ status }) => `The import cannot be stopped or resumed any more: it is ${status}`,
);
export const fileGone = defineError(
  'file_gone',
  409,
  'The file of this import is not on this machine any more; give it again',
);
export const fileTooLarge = defineError<{ largest: number }>(
  'too_large',
  413,
  ({ largest }) => `A file may have at most ${largest} bytes; larger ones go through npm run import`,
);
export const tooManyColumns = defineError<{ most: number }>(
  'too_many_columns',
  422,
  ({ most }) => `A file of members may have at most ${most} columns`,
);
export const tooManyRows = defineError<{ most: number }>(
  'too_many_rows',
  422,
  ({ most }) => `A file of members may have at most ${most} rows; split it`,
);
export const unpackedTooLarge = defineError<{ most: number }>(
  'unpacked_too_large',
  422,
  ({ most }) => `The workbook unpacks to more than ${most} bytes`,
);
export const cellTooLong = defineError<{ line: number; most: number }>(
  'cell_too_long',
  422,
  ({ line, most }) => `Line ${line} holds a cell of more than ${most} characters`,
);
export const notASheet = defineError<{ reason: string }>(
  'not_a_sheet',
  422,
  ({ reason }) => `The file is no CSV and no XLSX workbook: ${reason}`,
);
export const wrongMapping = defineError<{ reason: 'length' | 'twice' | 'no-name-or-number' }>(
  'wrong_mapping',
  422,
  ({ reason }) => `The columns are not told apart rightly: ${reason}`,
);
export const notADraft = defineError<{ status: string }>(
  'not_a_draft',
  409,
  ({ status }) => `The file is not waiting any more: its import is ${status}`,
);
