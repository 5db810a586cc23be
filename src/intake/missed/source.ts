/** What intake needs of GitHub to read missed deliveries: handed in, because intake does not know GitHub (A2). */

/** One attempt to hand over a delivery, as GitHub lists it. */
export interface Attempt {
  /** A whole number, longer than a JavaScript number can hold. */
  id: string;
  guid: string;
  /** `issues` */
  event: string;
  /** `labeled`; null for events without actions. */
  action: string | null;
  /** ISO 8601, UTC, by GitHub's clock. */
  deliveredAt: string;
  /** The app answered with a 2xx. */
  taken: boolean;
  redelivery: boolean;
  installationId: number | null;
  repositoryId: number | null;
}

export interface Page {
  attempts: Attempt[];
  /** Asks for the older ones; null at the end of the list. */
  next: string | null;
  /** The time at GitHub, ISO 8601. */
  now: string;
}

export interface MissedSource {
  /** Newest first; null asks for the newest. */
  page(cursor: string | null): Promise<Page>;
  /** What the delivery carried; null when GitHub no longer has it. */
  payload(id: string): Promise<object | null>;
  /** Names of the installation's repositories by their id. */
  repositories(installationId: number): Promise<Map<number, string>>;
}
