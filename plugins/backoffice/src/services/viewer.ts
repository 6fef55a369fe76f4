import type { Access, Staff } from '@tessera/access/public';
import type { RowRule } from '@tessera/access/domain';
import { isRelation, type ListField } from '../domain/resource';
import { showFields, visibilityOfRow, type LabelScope } from '../domain/visible-row';
import type { LoadedRow } from '../store/row-store';
import { ACCOUNTS, type Listing, type Listings } from './listings';
import type { Row } from '../contracts';

/** What one person may see at one moment. */
export interface Viewer {
  /** True when sorting, filtering or searching by the field tells nothing that the person may not know. */
  isClear(listing: Listing, field: string): boolean;
  /** Names of the fields to load for these rules: what no rule shows is never read. */
  fieldsToLoad(listing: Listing, rules: readonly RowRule[]): Set<string>;
  /** The row as the person sees it; undefined when no rule admits it. */
  show(listing: Listing, rules: readonly RowRule[], row: LoadedRow): Row | undefined;
  /** Rules under which the person may view rows of a resource; empty = not at all. */
  rulesOf(listing: Listing): readonly RowRule[];
}

export function createViewer(access: Access, listings: Listings, staff: Staff, now: Date): Viewer {
  const labelsOf = new Map<string, ReadonlyMap<string, LabelScope>>();

  function isClear(listing: Listing, field: string): boolean {
    const request = { permission: `${listing.permission}.view`, now, fields: { query: [field] } };
    return access.decide(staff, request).effect === 'allow';
  }
  function rulesOf(listing: Listing): readonly RowRule[] {
    const decision = access.decide(staff, { permission: `${listing.permission}.view`, now });
    return decision.effect === 'allow' ? decision.rows : [];
  }
  /** undefined = the target may not be viewed at all; then the relation is not shown either. */
  function labelScope(field: ListField): LabelScope | undefined {
    const reference = listings.referenceOf(field);
    if (reference === undefined) return undefined;
    if (reference === ACCOUNTS) {
      return access.decide(staff, { permission: 'staff.view', now }).effect === 'allow' ? 'all' : undefined;
    }
    const target = listings.get(reference);
    const rules = rulesOf(target);
    if (rules.length === 0) return undefined;
    if (![target.title.zh, target.title.en].every((title) => isClear(target, title))) return [];
    if (rules.some((rule) => rule.stores === 'all' && rule.staffId === undefined)) return 'all';
    if (reference !== 'stores') return [];
    return rules.flatMap((rule) => (rule.stores === 'all' || rule.staffId !== undefined ? [] : rule.stores));
  }
  function labels(listing: Listing): ReadonlyMap<string, LabelScope> {
    const cached = labelsOf.get(listing.resource);
    if (cached) return cached;
    const scopes = listing.fields.flatMap((field): [string, LabelScope][] => {
      const scope = isRelation(field) ? labelScope(field) : undefined;
      return scope ? [[field.name, scope]] : [];
    });
    const made = new Map(scopes);
    labelsOf.set(listing.resource, made);
    return made;
  }
  return {
    isClear,
    rulesOf,
    fieldsToLoad(listing, rules) {
      const visible = new Set(rules.flatMap((rule) => Object.keys(rule.read)));
      const scopes = labels(listing);
      const loadable = listing.fields.filter(
        (field) => visible.has(field.name) && (!isRelation(field) || scopes.has(field.name)),
      );
      return new Set(loadable.map((field) => field.name));
    },
    show(listing, rules, row) {
      const visible = visibilityOfRow(rules, row.facts);
      if (!visible) return undefined;
      const shown = showFields(listing.fields, row.values, visible, labels(listing));
      const state = row.version === null ? {} : { version: row.version, archived: row.isArchived === true };
      return { ...shown, ...state, id: row.id };
    },
  };
}
