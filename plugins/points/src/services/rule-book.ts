import type { Sql } from '@tessera/kernel/public';
import { readRule, type RuleBook } from '../domain';
import { readRules } from '../store/rule-store';

async function loadRuleBook(sql: Sql): Promise<RuleBook> {
  const { programme, rules } = await readRules(sql);
  const read = rules.map(readRule);
  return {
    programme,
    rules: read.flatMap((each) => ('rule' in each ? [each.rule] : [])),
    problems: read.flatMap((each) => ('problem' in each ? [each.problem] : [])),
  };
}

/**
 * The rules of points, cached in the process under the version that the caller has read (ADR 2): they are loaded after it, so
 * they are never older than the version they are kept under.
 */
export function createRuleBooks(sql: Sql): (version: number) => Promise<RuleBook> {
  let kept: { version: number; book: Promise<RuleBook> } | undefined;
  return (version) => {
    if (kept?.version === version) return kept.book;
    const book = loadRuleBook(sql);
    const mine = { version, book };
    kept = mine;
    // What failed once is asked again.
    book.catch(() => {
      if (kept === mine) kept = undefined;
    });
    return book;
  };
}
