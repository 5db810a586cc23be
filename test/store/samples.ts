/** Plain data for the store's tests. */

import { randomUUID } from 'node:crypto';
import { NO_RECORDS } from '../../src/model/records.ts';
import type { PullRecord, Session, Transition, WorklogEntry } from '../../src/model/session.ts';
import type { Address, Addressed, Input } from '../../src/model/trigger.ts';
import type { Lease, NewDelivery } from '../../src/store/inbox-types.ts';
import type { Store } from '../../src/store/types.ts';

export const REPO = 'acme/shop';
export const T0 = Date.parse('2030-05-01T08:00:00.000Z');

export const at = (minutes: number): string => new Date(T0 + minutes * 60_000).toISOString();

export const change = (event = 'issues.labeled'): Input => ({
  kind: 'change',
  event,
  sender: 'alice',
  labels: [],
  isPull: false,
});

export const command = (body: string): Input => ({
  kind: 'command',
  commentId: `IC_${body}`,
  body,
  author: 'alice',
  isPull: false,
  labels: [],
});

export function addressed(address: Address, input: Input = change(), repo = REPO): Addressed {
  return { repo, installationId: 7, address, input };
}

export function delivery(inputs: Addressed[], over: Partial<NewDelivery> = {}): NewDelivery {
  return { guid: randomUUID(), event: 'issues.labeled', receivedAt: at(0), inputs, ...over };
}

/** A delivery about one issue. */
export const about = (number: number, repo = REPO): NewDelivery =>
  delivery([addressed({ to: 'subject', number }, change(), repo)]);

export function session(number: number, over: Partial<Session> = {}): Session {
  return {
    repo: REPO,
    number,
    id: `2030-05-01-issue-${number}`,
    subjectId: `I_${number}`,
    onPull: false,
    type: 'bug-fix',
    state: 'planned',
    category: null,
    title: `Issue ${number}`,
    url: `https://github.example/acme/shop/issues/${number}`,
    branch: `session/issue-${number}`,
    fastLane: false,
    blocked: false,
    plannedAt: at(number),
    startedAt: null,
    endedAt: null,
    endedBy: null,
    ticks: [],
    criteria: [],
    evidence: null,
    records: NO_RECORDS,
    version: 1,
    ...over,
  };
}

export function pull(number: number, over: Partial<PullRecord> = {}): PullRecord {
  return {
    repo: REPO,
    number,
    id: `PR_${number}`,
    title: `Pull ${number}`,
    url: `https://github.example/acme/shop/pull/${number}`,
    state: 'open',
    draft: false,
    headSha: `sha-${number}`,
    headRef: `session/issue-${number}`,
    session: null,
    verdict: null,
    open: [],
    ...over,
  };
}

export function transition(number: number, over: Partial<Transition> = {}): Transition {
  return { repo: REPO, number, from: null, to: 'planned', who: 'alice', why: 'label', at: at(0), ...over };
}

export function entry(number: number, minute: number, over: Partial<WorklogEntry> = {}): WorklogEntry {
  return { repo: REPO, number, key: `key-${minute}`, who: 'alice', text: `what happened at ${minute}`, at: at(minute), ...over };
}

/** Puts something into the lane and leases it. */
export async function leaseOf(store: Store, number: number, repo = REPO): Promise<Lease> {
  await store.inbox.receive([about(number, repo)]);
  const lane = `${repo}#${number}`;
  const works = await store.inbox.lease(100, 60_000);
  const work = works.find((each) => each.lease.lane === lane);
  if (!work) throw new Error(`${lane} could not be leased`);
  return work.lease;
}
