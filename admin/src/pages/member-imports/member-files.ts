import type { MemberFile } from '@tessera/imports/contracts';
import { useResource } from '../../resources/schema';
import type { Field } from '@tessera/backoffice/contracts';

/** Address of the files of members, and the key under which they are cached. */
export const MEMBER_FILES = '/api/imports/member-files';

export function isUnderWay({ run }: MemberFile): boolean {
  return run.status === 'queued' || run.status === 'running';
}

/** Attributes of a member by name, as far as the person may see them. */
export function useMemberFields(): ReadonlyMap<string, Field> {
  const resource = useResource('members');
  return new Map((resource?.fields ?? []).map((field) => [field.name, field]));
}
