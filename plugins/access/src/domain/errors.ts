import { defineError } from '@tessera/kernel/domain';
import type { LocalizedText, Reason } from './policy';

/** Why, and who could: what a refusal tells the person at the counter. */
export interface RefusalDetails {
  permission: string;
  label: LocalizedText | null;
  reasons: Reason[];
  /** Roles that may do exactly this. */
  couldAllow: LocalizedText[];
}

export const forbidden = defineError<RefusalDetails>(
  'forbidden',
  403,
  ({ permission, reasons }) => `Not permitted: ${permission} (${reasons.map((reason) => reason.code).join(', ')})`,
);
export const approvalRequired = defineError<RefusalDetails>(
  'approval_required',
  403,
  ({ permission }) => `${permission} is above the limit here; somebody who may can approve it`,
);
export const aboveCeilingError = defineError<{ permissions: string[]; labels: LocalizedText[] }>(
  'above_ceiling',
  403,
  ({ permissions }) => `Nobody gives what he does not hold himself: ${permissions.join(', ')}`,
);
