import type { SessionGate, Staff } from '../public';

/** The person taken from the cache is not the one that stands: nothing was written or answered, ask the gate and start again. */
export class StaleAssumption extends Error {}

/** @throws StaleAssumption when access has changed since the person was cached, or the session has ended */
export function confirm(staff: Staff, { version, isSessionLive }: SessionGate): void {
  if (!staff.assumed) return;
  if (!isSessionLive || version !== staff.policy.version) throw new StaleAssumption();
  staff.assumed.isConfirmed = true;
}

/** Nobody is refused, and no refusal recorded, on an assumption. @throws StaleAssumption */
export function refuseOnlyConfirmed({ assumed }: Staff): void {
  if (assumed && !assumed.isConfirmed) throw new StaleAssumption();
}
