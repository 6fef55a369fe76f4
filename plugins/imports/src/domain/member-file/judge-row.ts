import type { MemberData } from '@tessera/members/domain';
import type { Fault } from './outcomes';
import type { RowBody } from './read-cells';

/** A member as the database has it, in the terms of the preparation. */
export interface KnownMember {
  /** Primary key of the row. */
  rowId: number;
  documentId: string;
  isArchived: boolean;
  memberNo: string;
  status: string;
  values: Readonly<Record<string, unknown>>;
}

/** Readable row of the file with what a form would have made of it. */
export interface PreparedRow {
  lineNo: number;
  fields: string[];
  body: RowBody;
  data: MemberData;
  faults: Fault[];
}

/** Keys that earlier rows of the file have taken, and by which line. */
export interface Claims {
  phones: Map<string, number>;
  numbers: Map<string, number>;
  /** By documentId: one member may be named by phone in one row and by number in another. */
  members: Map<string, number>;
}

export function noClaims(): Claims {
  return { phones: new Map(), numbers: new Map(), members: new Map() };
}

export interface JudgeFacts {
  whenKnown: 'skip' | 'update';
  /** Home store of new members whose row names none. */
  homeStoreId: string | null;
  /** documentIds of stores whose members may be created or changed; '' = members of no store. */
  rights: { create: readonly string[]; change: readonly string[] };
  byNumber: ReadonlyMap<string, KnownMember>;
  byPhone: ReadonlyMap<string, KnownMember>;
}

export type Judgement =
  | { kind: 'create'; data: MemberData }
  | { kind: 'update'; member: KnownMember; data: MemberData }
  | { kind: 'unchanged' | 'skip'; member: KnownMember }
  | { kind: 'fault'; faults: Fault[]; member?: KnownMember };

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function keysOf({ data }: PreparedRow) {
  return { phone: textOf(data['phone']), memberNo: textOf(data['memberNo']) };
}

/** Takes the row's keys, or names the earlier row that has them. */
export function claim(row: PreparedRow, claims: Claims): Fault[] {
  const { phone, memberNo } = keysOf(row);
  const faults: Fault[] = [];
  const phoneLine = phone === undefined ? undefined : claims.phones.get(phone);
  const numberLine = memberNo === undefined ? undefined : claims.numbers.get(memberNo);
  if (numberLine !== undefined) faults.push({ code: 'duplicate-number', field: 'memberNo', line: numberLine });
  if (phoneLine !== undefined) faults.push({ code: 'duplicate-phone', field: 'phone', line: phoneLine });
  if (faults.length > 0 || row.faults.length > 0) return faults;
  if (phone !== undefined) claims.phones.set(phone, row.lineNo);
  if (memberNo !== undefined) claims.numbers.set(memberNo, row.lineNo);
  return faults;
}

function isSame(mine: unknown, theirs: unknown): boolean {
  if (typeof mine === 'string' && typeof theirs === 'string') return mine.trim() === theirs.trim();
  return JSON.stringify(mine ?? null) === JSON.stringify(theirs ?? null);
}

/** Attributes that the row says and the member has otherwise. A consent without a time is that of the member's. */
function changesOf({ body, data }: PreparedRow, member: KnownMember): MemberData {
  const isSameConsent = ['consentChannel', 'consentVersion'].every((field) =>
    isSame(data[field], member.values[field]),
  );
  const said = Object.keys(body).filter((field) => field !== 'memberNo');
  if (body.consentChannel !== undefined && body.consentAt === undefined && !isSameConsent) said.push('consentAt');
  const changed = said.filter((field) => !isSame(data[field], member.values[field]));
  return Object.fromEntries(changed.map((field) => [field, data[field]]));
}

function storeOf(value: unknown): string {
  return textOf(value) ?? '';
}

function judgeUpdate(row: PreparedRow, member: KnownMember, facts: JudgeFacts, claims: Claims): Judgement {
  const { memberNo, phone } = keysOf(row);
  const refuse = (fault: Fault): Judgement => ({ kind: 'fault', faults: [fault], member });
  if (memberNo !== undefined && memberNo !== member.memberNo) {
    return refuse({ code: 'number-differs', field: 'memberNo' });
  }
  const owner = phone === undefined ? undefined : facts.byPhone.get(phone);
  if (owner && owner.documentId !== member.documentId) return refuse({ code: 'phone-of-another', field: 'phone' });
  const earlier = claims.members.get(member.documentId);
  if (earlier !== undefined) return refuse({ code: 'duplicate-member', field: null, line: earlier });
  claims.members.set(member.documentId, row.lineNo);
  const data = changesOf(row, member);
  if (Object.keys(data).length === 0) return { kind: 'unchanged', member };
  if (member.isArchived || (member.status !== 'active' && member.status !== 'frozen')) {
    return refuse({ code: 'not-in-use', field: null });
  }
  const before = storeOf(member.values['homeStore']);
  const after = data['homeStore'] === undefined ? before : storeOf(data['homeStore']);
  const isOpen = [before, after].every((store) => facts.rights.change.includes(store));
  return isOpen ? { kind: 'update', member, data } : refuse({ code: 'not-your-store', field: 'homeStore' });
}

function judgeCreate(row: PreparedRow, facts: JudgeFacts): Judgement {
  const homeStore = row.data['homeStore'] ?? facts.homeStoreId;
  if (row.data['name'] === undefined) return { kind: 'fault', faults: [{ code: 'missing-name', field: 'name' }] };
  if (!facts.rights.create.includes(storeOf(homeStore))) {
    return { kind: 'fault', faults: [{ code: 'not-your-store', field: 'homeStore' }] };
  }
  return { kind: 'create', data: { source: 'import', status: 'active', ...row.data, homeStore } };
}

/**
 * What becomes of one row. Rows are judged in the order of the file: `claims` remembers what came before.
 * A member is known by number, or else by phone.
 */
export function judgeRow(row: PreparedRow, facts: JudgeFacts, claims: Claims): Judgement {
  const { phone, memberNo } = keysOf(row);
  const duplicates = claim(row, claims);
  const member =
    (memberNo === undefined ? undefined : facts.byNumber.get(memberNo)) ??
    (phone === undefined ? undefined : facts.byPhone.get(phone));
  if (duplicates.length > 0 || row.faults.length > 0) {
    const faults = [...row.faults, ...duplicates];
    return member ? { kind: 'fault', faults, member } : { kind: 'fault', faults };
  }
  if (!member) return judgeCreate(row, facts);
  return facts.whenKnown === 'skip' ? { kind: 'skip', member } : judgeUpdate(row, member, facts, claims);
}
