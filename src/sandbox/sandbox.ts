/** The running sandbox: the world, its clock and ids, and the place where webhooks go. */
import type { Json } from './payload/json.ts';
import type { PullIssue } from './read.ts';
import type { Actor } from './state/accounts.ts';
import type { Repository } from './state/repository.ts';
import type { Delivery, World } from './state/world.ts';

/** One thing that happened. The common parts (action, repository, organization, sender, installation) are added on sending. */
export interface Happening {
  event: string;
  action: string | null;
  repo: Repository | null;
  /** Login of the account whose installations hear of it; the repository's owner by default. */
  account?: string;
  actor: Actor;
  payload: Json;
  /** Only this app hears of it (`check_run.rerequested`). */
  onlyAppId?: number;
}

/** A branch of a repository moved; the pretend CI listens. */
export interface PushNotice {
  repo: Repository;
  ref: string;
  before: string;
  after: string;
}

export interface Sandbox {
  world: World;
  /** ISO 8601 with seconds, as GitHub gives it. */
  now(): string;
  /** A new database id. */
  nextId(): number;
  /** Queues a webhook for every app that is installed there and subscribed. The payload is fixed at this moment. */
  emit(happening: Happening): void;
  /** Called after every change of a branch. */
  onPush: ((notice: PushNotice) => void)[];
  /** Called when a pull request was opened. */
  onPull: ((notice: { repo: Repository; issue: PullIssue }) => void)[];
}

/** What the server's own routes need on top: tokens and deliveries. */
export interface Engine extends Sandbox {
  /** A new installation token, good for an hour. */
  createToken(installationId: number, permissions: Record<string, 'read' | 'write'>): { token: string; expiresAt: string };
  /** Queues a delivery once more. */
  redeliver(delivery: Delivery): void;
  /** Requests left in this hour. */
  rateOf(actor: Actor | null, resource: 'core' | 'graphql'): RateState;
}

export interface RateState {
  limit: number;
  used: number;
  remaining: number;
  /** Seconds since 1970. */
  reset: number;
}
