import type { Core } from '@strapi/strapi';
import { backoffice } from '@tessera/backoffice/public';
import { writeSchema } from '@tessera/backoffice/domain';
import { kernel, type Sql } from '@tessera/kernel/public';
import { judgeRow, claim, noClaims, type Judgement, type PreparedRow } from '../../domain/member-file/judge-row';
import { prepareRow } from '../../domain/member-file/prepare-row';
import { readCells, storeKey } from '../../domain/member-file/read-cells';
import type { MemberFileAct, MemberFileSettings } from '../../domain/member-file/settings';
import { findKnown, readStores } from '../../store/member-file-store';
import type { FileRecord } from '../read-file';

/** Of times without a zone, when no home store says better: that of a new store. */
const DEFAULT_TIME_ZONE = 'Asia/Shanghai';

export interface JudgedRow {
  row: PreparedRow;
  judgement: Judgement;
}

/** Judges the rows of one file, in its order. */
export interface Judge {
  /** `isLocked`: members that are found stay as they are until the transaction ends. */
  judge(sql: Sql, records: readonly FileRecord[], isLocked: boolean): Promise<JudgedRow[]>;
  /** Only remembers what these rows have taken: they were dealt with before an interruption. */
  pass(records: readonly FileRecord[]): void;
}

/** Code, names and id of every store in use; a name that two stores share names none. */
function storeNames(stores: Awaited<ReturnType<typeof readStores>>): Map<string, string> {
  const names = new Map<string, string>();
  const shared = new Set<string>();
  for (const { id, nameZh, nameEn } of stores) {
    for (const name of new Set([nameZh, nameEn].map((text) => storeKey(text ?? '')))) {
      if (names.has(name)) shared.add(name);
      names.set(name, id);
    }
  }
  for (const name of ['', ...shared]) names.delete(name);
  for (const { id, code } of stores) {
    names.set(storeKey(code), id);
    names.set(storeKey(id), id);
  }
  return names;
}

export async function createJudge(
  strapi: Core.Strapi,
  { choice }: Pick<MemberFileSettings, 'choice'>,
  rights: MemberFileAct['rights'],
): Promise<Judge> {
  const { database, clock } = kernel(strapi);
  const stores = await readStores(database);
  const homeStore = stores.find(({ id }) => id === choice.homeStoreId);
  const cells = { stores: storeNames(stores), timeZone: homeStore?.timeZone ?? DEFAULT_TIME_ZONE };
  const preparing = {
    schema: writeSchema(backoffice(strapi).resource('members'), 'change'),
    now: clock.now(),
    defaultCountry: strapi.config.get('plugin::members.defaultCountry', 'CN') as string,
  };
  const claims = noClaims();

  function prepare({ fields, lineNo }: FileRecord): PreparedRow {
    const read = readCells(fields, choice.mapping, cells);
    const prepared = prepareRow(read.body, preparing);
    return { lineNo, fields, body: read.body, data: prepared.data, faults: [...read.faults, ...prepared.faults] };
  }

  return {
    pass: (records) => records.forEach((record) => void claim(prepare(record), claims)),
    async judge(sql, records, isLocked) {
      const rows = records.map(prepare);
      const textsOf = (field: string) =>
        rows.flatMap(({ data }) => (typeof data[field] === 'string' ? data[field] : []));
      const known = await findKnown(sql, { numbers: textsOf('memberNo'), phones: textsOf('phone') }, isLocked);
      const facts = {
        ...choice,
        rights,
        byNumber: new Map(known.map((member) => [member.memberNo, member])),
        byPhone: new Map(
          known.flatMap((member) => (member.values['phone'] ? [[String(member.values['phone']), member]] : [])),
        ),
      };
      return rows.map((row) => ({ row, judgement: judgeRow(row, facts, claims) }));
    },
  };
}
