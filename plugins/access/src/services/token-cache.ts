export interface TokenPayload {
  userId: string;
  sessionId: string;
}

type Check = (token: string) => { isValid: boolean; payload: (TokenPayload & { exp: number }) | null };

/** As many as there are sessions in use at once on a large node; the one unused for longest leaves first. */
const MAX_CACHED = 2_000;

/**
 * Remembers which access tokens were found to be ours until they expire: the signature of a token never changes, and
 * checking it makes a key each time. Whether its session lives is not remembered. Refused tokens are not either, so guesses push nobody out.
 * @returns what the token says; undefined when it is not ours or no longer valid
 */
export function createTokenCache(check: Check, now: () => number): (token: string) => TokenPayload | undefined {
  const cache = new Map<string, TokenPayload & { expiresAt: number }>();
  return (token) => {
    const cached = cache.get(token);
    cache.delete(token);
    if (cached && now() < cached.expiresAt) {
      cache.set(token, cached);
      return cached;
    }
    const { isValid, payload } = check(token);
    if (!isValid || !payload) return undefined;
    const { userId, sessionId, exp } = payload;
    const entry = { userId, sessionId, expiresAt: exp * 1_000 };
    cache.set(token, entry);
    if (cache.size > MAX_CACHED) cache.delete(cache.keys().next().value as string);
    return entry;
  };
}
