/** A start that cannot succeed. The message is one line that says what to do; it is shown without a stack trace. */
export class StartupError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartupError';
  }
}
