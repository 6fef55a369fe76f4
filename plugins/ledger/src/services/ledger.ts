import { defineError } from '@tessera/kernel/domain';
import type { Ledger } from '../public';
import { insertJournals, readBalance } from '../store/journal-store';

const balanceTooLow = defineError('balance_too_low', 422, 'An account would fall below what it may hold');

/** PostgreSQL's `check_violation` on the floor of an account. */
function isFloorBroken(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23514' && constraint === 'account_floor_held';
}

export function createLedgerService(): Ledger {
  return {
    async post(sql, journals) {
      try {
        await insertJournals(sql, journals);
      } catch (error) {
        throw isFloorBroken(error) ? balanceTooLow(undefined) : error;
      }
    },
    balance: readBalance,
  };
}
