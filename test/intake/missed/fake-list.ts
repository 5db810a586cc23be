/** GitHub's delivery list as plain data for the reading's tests: pages, payloads, names, and faults on demand. */
import type { Attempt, MissedSource } from '../../../src/intake/missed/source.ts';

export const NOW = '2026-03-02T12:00:00.000Z';

let lastId = 3_804_004_623_172_239_000n;

/** @param minutesAgo before `NOW` */
export function attempt(minutesAgo: number, over: Partial<Attempt> = {}): Attempt {
  lastId += 1n;
  return {
    id: String(lastId),
    guid: `guid-${lastId}`,
    event: 'issues',
    action: 'labeled',
    deliveredAt: new Date(Date.parse(NOW) - minutesAgo * 60_000).toISOString(),
    taken: false,
    redelivery: false,
    installationId: 7,
    repositoryId: 11,
    ...over,
  };
}

export interface FakeList extends MissedSource {
  /** As it would be listed: newest first. */
  attempts: Attempt[];
  payloads: Map<string, object | null>;
  names: Map<number, string>;
  now: string;
  asked: { pages: number; payloads: string[]; repositories: number[] };
  /** Thrown by the next calls, one each; null lets one pass. */
  faults: (Error | null)[];
  /** Ids whose payload always fails with this. */
  broken: Map<string, Error>;
}

export function fakeList(pageSize = 100): FakeList {
  const strike = (list: FakeList): void => {
    const fault = list.faults.shift();
    if (fault) throw fault;
  };
  const list: FakeList = {
    attempts: [],
    payloads: new Map(),
    names: new Map([[11, 'acme/shop']]),
    now: NOW,
    asked: { pages: 0, payloads: [], repositories: [] },
    faults: [],
    broken: new Map(),
    async page(cursor) {
      list.asked.pages += 1;
      strike(list);
      const from = cursor === null ? 0 : Number(cursor);
      const next = from + pageSize < list.attempts.length ? String(from + pageSize) : null;
      return { attempts: list.attempts.slice(from, from + pageSize), next, now: list.now };
    },
    async payload(id) {
      list.asked.payloads.push(id);
      strike(list);
      const broken = list.broken.get(id);
      if (broken) throw broken;
      const found = list.payloads.get(id);
      return found === undefined ? labeled(1) : found;
    },
    async repositories(installationId) {
      list.asked.repositories.push(installationId);
      strike(list);
      return list.names;
    },
  };
  return list;
}

const shared = {
  repository: { full_name: 'acme/shop', default_branch: 'main' },
  installation: { id: 7 },
  sender: { login: 'alice', type: 'User' },
};

export function labeled(number: number): object {
  const issue = { number, labels: [{ name: 'session:bug-fix' }] };
  return { action: 'labeled', issue, label: { name: 'session:bug-fix' }, ...shared };
}

export function commented(number: number, body: string): object {
  const comment = { node_id: `IC_${body}`, body, user: { login: 'alice', type: 'User' } };
  return { action: 'created', issue: { number, labels: [] }, comment, ...shared };
}
