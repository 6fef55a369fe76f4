import { SCREENS } from './registry';

/** What makes a screen somebody's daily work, most telling first. Permissions, not role names: roles are data. */
const WORK: readonly { path: string; needs: readonly string[] }[] = [
  { path: '/transactions?today', needs: ['transactions.view', 'assignments.manage'] },
  { path: '/till', needs: ['checkout.sell'] },
  { path: '/members', needs: ['members.view', 'members.change'] },
  { path: '/audit', needs: ['audit.view'] },
  { path: '/members', needs: ['members.view'] },
  { path: '/stores', needs: ['stores.view', 'stores.change'] },
];

/** The screen somebody sees after signing in, or null when nothing is open to them. */
export function firstScreen(may: (permission: string) => boolean): string | null {
  const work = WORK.find(({ needs }) => needs.every(may));
  if (work) return work.path;
  const open = SCREENS.find((screen) => may(screen.permission));
  return open ? `/${open.name}` : null;
}
