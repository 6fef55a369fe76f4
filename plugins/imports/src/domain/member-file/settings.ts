import type { MemberField } from './columns';

/** How a file of members is read and what may be written of it; kept with its run. */
export interface MemberFileSettings {
  format: { kind: 'xlsx' } | { kind: 'csv'; encoding: 'utf-8' | 'gb18030' | 'utf-16le'; delimiter: string };
  header: string[];
  samples: string[][];
  rows: number;
  choice: { mapping: (MemberField | null)[]; whenKnown: 'skip' | 'update'; homeStoreId: string | null };
  /** Set when it starts: what the person might write then, and the line of the trail that updates are told by. */
  act: MemberFileAct | null;
}

export interface MemberFileAct {
  /** documentIds of stores whose members may be created or changed; '' = members of no store. */
  rights: { create: string[]; change: string[] };
  /** As `tessera.record_audit` takes it, without what it is about. */
  trail: Record<string, unknown>;
}
