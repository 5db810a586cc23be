/** What every event's file gets: the delivery with the parts that all of them carry, already read. */

import type { RepoName } from '../../model/repo.ts';
import type { Address, Addressed, Input, LabelMove } from '../../model/trigger.ts';
import { at, number, repoName, text } from '../read.ts';

/** Who we are: our own writes come back as events and must start nothing (A9). */
export interface OwnIdentity {
  appId: number;
  /** `<slug>[bot]`; null until GitHub has told us. */
  botLogin: string | null;
}

export interface Delivery {
  /** `issues` */
  event: string;
  /** `labeled`; empty for events without actions. */
  action: string;
  /** `issues.labeled` */
  name: string;
  payload: unknown;
  repo: RepoName | null;
  installationId: number | null;
  /** Null for ourselves: what we open is told of as ours, not as some bot's. */
  sender: string | null;
  senderIsBot: boolean;
  own: OwnIdentity;
}

/** One event's rule: what it says, and to which lane. Never throws, whatever the payload. */
export type Reader = (delivery: Delivery) => Addressed[];

export function readDelivery(event: string, payload: unknown, own: OwnIdentity): Delivery {
  const action = text(at(payload, 'action')) ?? '';
  const sender = at(payload, 'sender');
  const via = at(payload, 'issue', 'performed_via_github_app');
  return {
    event,
    action,
    name: action ? `${event}.${action}` : event,
    payload,
    repo: repoName(at(payload, 'repository', 'full_name')),
    installationId: number(at(payload, 'installation', 'id')),
    sender: isOwnBot(own, sender, via) ? null : text(at(sender, 'login')),
    senderIsBot: at(sender, 'type') === 'Bot',
    own,
  };
}

/** Empty when the delivery names no repository or no installation: then nobody could act on it. */
export function addressed(delivery: Delivery, address: Address | null, input: Input): Addressed[] {
  const { repo, installationId } = delivery;
  return repo && installationId && address ? [{ repo, installationId, address, input }] : [];
}

/** The address of the issue or pull request in `subject`. */
export function subjectAddress(subject: unknown, headSha?: string | null): Address | null {
  const found = number(at(subject, 'number'));
  return found ? { to: 'subject', number: found, ...(headSha ? { headSha } : {}) } : null;
}

/** The label that `labeled` and `unlabeled` are about. */
export function labelMove(delivery: Delivery): LabelMove | null {
  const label = text(at(delivery.payload, 'label', 'name'));
  if (label === null || (delivery.action !== 'labeled' && delivery.action !== 'unlabeled')) return null;
  return { move: delivery.action === 'labeled' ? 'on' : 'off', label, by: delivery.sender ?? nobody(delivery) };
}

/** Our own label comes through while GitHub has not told us our name: it is told of as ours. */
function nobody({ payload }: Delivery): string {
  return text(at(payload, 'sender', 'login')) === null ? 'ghost' : 'Playcaller';
}

/** Whether `user` is this app's bot; while we do not know its name, any bot that `via` ties to our app. */
export function isOwnBot(own: OwnIdentity, user: unknown, via: unknown): boolean {
  const login = text(at(user, 'login'));
  if (own.botLogin !== null) return login !== null && login.toLowerCase() === own.botLogin.toLowerCase();
  return at(user, 'type') === 'Bot' && at(via, 'id') === own.appId;
}

/** When the issue or pull request had last changed; nothing for one that is no longer there to be read. */
export function seenAt({ action }: Delivery, subject: unknown): { seenAt?: string } {
  const updatedAt = text(at(subject, 'updated_at'));
  return updatedAt === null || action === 'deleted' || action === 'transferred' ? {} : { seenAt: updatedAt };
}
