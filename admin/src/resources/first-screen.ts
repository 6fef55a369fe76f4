import { SCREENS } from './registry';

/** Marks the list of transactions that begins with the store's present business day. */
const TODAY = '/transactions?today';

/** What makes a screen somebody's daily work, most telling first. Permissions, not role names: roles are data. */
const WORK: readonly { path: string; needs: readonly string[] }[] = [
  { path: TODAY, needs: ['transactions.view', 'assignments.manage'] },
  { path: '/till', needs: ['checkout.sell'] },
  { path: '/members', needs: ['members.view', 'members.change'] },
  { path: '/audit', needs: ['audit.view'] },
  { path: '/members', needs: ['members.view'] },
  { path: '/tills', needs: ['tills.view', 'tills.create'] },
];

/** Address of the transactions since a business day, with the filter where the list keeps it. */
function transactionsSince(day: string): string {
  const filter = { field: 'businessDay', operator: 'gte', value: day };
  const query = new URLSearchParams({ currentPage: '1', pageSize: '20' });
  for (const [key, value] of Object.entries(filter)) query.set(`filters[0][${key}]`, value);
  return `/transactions?${query.toString()}`;
}

/**
 * The screen somebody sees after signing in, or null when nothing is open to them; `today` is the store's business
 * day (`YYYY-MM-DD`), null for people of no store.
 */
export function firstScreen(may: (permission: string) => boolean, today: string | null): string | null {
  const work = WORK.find(({ needs }) => needs.every(may));
  if (work) return work.path === TODAY ? (today ? transactionsSince(today) : '/transactions') : work.path;
  const open = SCREENS.find((screen) => may(screen.permission));
  return open ? `/${open.name}` : null;
}
