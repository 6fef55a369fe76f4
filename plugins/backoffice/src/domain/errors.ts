import { defineError } from '@tessera/kernel/domain';

export const versionRequired = defineError('version_required', 428, 'Send If-Match with the version that you changed');
/** `yours` and `current` are versions; `row` is the record as it is now, as far as the person may see it. */
export const versionConflict = defineError<{ yours: number; current: number; row?: unknown }>(
  'version_conflict',
  409,
  ({ yours, current }) => `Somebody else changed it: you have version ${yours}, it is now at ${current}`,
);
export const duplicateValue = defineError<{ field: string }>(
  'duplicate_value',
  409,
  ({ field }) => `Another record already has this ${field}`,
);
/** Judged by its bytes: what its name or content type say does not count. */
export const notAnImage = defineError('not_an_image', 415, 'This is no still picture in PNG, JPEG or WebP');
export const tooLarge = defineError<{ maxBytes: number; maxSide: number }>(
  'too_large',
  413,
  ({ maxBytes, maxSide }) => `A picture has at most ${maxBytes} bytes and ${maxSide} pixels a side`,
);
export const unknownReference = defineError<{ field: string; ids: string[] }>(
  'unknown_reference',
  422,
  ({ field, ids }) => `${field}: there is no such record, or not for you: ${ids.join(', ')}`,
);
/** Deleting it elsewhere than through the API, which would archive it. */
export const inUse = defineError<{ resource: string }>(
  'in_use',
  409,
  ({ resource }) => `History refers to this record of ${resource}: archive it instead`,
);
export const exportTooLarge = defineError<{ most: number }>(
  'export_too_large',
  422,
  ({ most }) => `A workbook holds at most ${most} rows; take a CSV or narrow the list`,
);
