import type { ImportProfile } from './profile';
import { onlineRetail } from './online-retail/online-retail';

/** Every kind of file that can be imported; one line each. */
export const PROFILES: readonly ImportProfile[] = [onlineRetail];

export function findProfile(code: string): ImportProfile | undefined {
  return PROFILES.find((profile) => profile.code === code);
}
