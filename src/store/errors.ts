/** What can be wrong with the store, sorted by whether waiting helps. */

/** The store cannot be reached or written just now; it may come back. The message names no password. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  /** The same without paths and addresses, for those who may not know them: "is read-only". */
  readonly reason: string;

  constructor(message: string, { reason = 'does not answer', ...options }: ErrorOptions & { reason?: string } = {}) {
    super(message, options);
    this.reason = reason;
  }
}

/** The store answers but must not be used; waiting does not help, a person has to act. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable';
}
