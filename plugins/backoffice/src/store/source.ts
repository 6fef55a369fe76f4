import type { ListField } from '../domain/resource';

/** A table that a relation points to. `x` is its alias in every expression. */
export interface Target {
  table: string;
  /** Expression of the id that is shown. */
  id: string;
  title: { zh: string; en: string };
}

/** How one field is read and compared. All text here comes from schemas and code, never from a request. */
export type Column =
  /** `sql`: expression over FROM. `target`: it holds the id of something that has a name. */
  | { kind: 'scalar'; field: ListField; sql: string; cast: string; target?: Target }
  /** Relation through a link table. */
  | { kind: 'link'; field: ListField; link: Link }
  | { kind: 'image'; field: ListField; uid: string };

export interface Link {
  table: string;
  ownColumn: string;
  targetColumn: string;
  /** Column of the link table that keeps the order, if there is one. */
  orderColumn: string | null;
  target: Target;
}

/** Rows that can be listed: one content type, or records that a plugin registered. */
export interface Source {
  from: string;
  /** Expression of the public id, unique. */
  id: string;
  /** Expression that breaks ties in the order and that link tables refer to. */
  key: string;
  /** Expressions of `version` and `archived`, where rows have them. */
  version: string | null;
  archived: string | null;
  columns: Column[];
  /** Expressions that search may use besides searchable columns; which ones is decided by name. */
  searchColumns: { name: string; sql: string }[];
  /** How a row is tied to stores and to members of staff. */
  store: Tie | null;
  staff: Tie | null;
}

export type Tie = { kind: 'scalar'; sql: string } | { kind: 'link'; link: Link };

/** Quotes a name for SQL. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
