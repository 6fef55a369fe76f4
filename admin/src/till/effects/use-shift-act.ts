import { useRef, useState } from 'react';
import { toApiError, type ApiError } from '../../providers/api-error';
import { randomUuid } from './random-uuid';

export interface ShiftAct {
  isSending: boolean;
  error: ApiError | null;
  /** Forgets the refusal. */
  forget(): void;
  /** Sends; the same body goes under the same key, so that a second try after a silence is not a second act. */
  send<Answer>(body: object, call: (key: string) => Promise<Answer>, done: (answer: Answer) => void): void;
}

/** One write about the shift: opening, moving cash, taking over, closing. */
export function useShiftAct(): ShiftAct {
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const sent = useRef<{ body: string; key: string } | null>(null);
  return {
    isSending,
    error,
    forget: () => setError(null),
    send(body, call, done) {
      const text = JSON.stringify(body);
      if (sent.current?.body !== text) sent.current = { body: text, key: randomUuid() };
      setSending(true);
      setError(null);
      call(sent.current.key).then(
        (answer) => {
          setSending(false);
          done(answer);
        },
        (failure: unknown) => {
          setSending(false);
          setError(toApiError(failure));
        },
      );
    },
  };
}
