/** Group commit: who shares a transaction, and who hears of its failure. */
import { expect, test } from 'vitest';
import { createReceiver } from '../../src/intake/receiver.ts';
import type { Inbox, NewDelivery } from '../../src/store/inbox-types.ts';
import { temporaryStore } from './deliver.ts';

function delivery(guid: string): NewDelivery {
  return { guid, event: 'star.created', receivedAt: '2026-01-01T00:00:00.000Z', inputs: [] };
}

/** An inbox whose transactions end when the test says so. */
function gatedInbox(real: Inbox) {
  const groups: string[][] = [];
  const gates: { open(): void; fail(error: Error): void }[] = [];
  const inbox: Inbox = {
    ...real,
    async receive(deliveries) {
      groups.push(deliveries.map(({ guid }) => guid));
      await new Promise<void>((resolve, reject) => gates.push({ open: resolve, fail: reject }));
      return real.receive(deliveries);
    },
  };
  return { inbox, groups, gates };
}

/** Long enough for a group to be closed. */
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 20));

test('those that arrive while the disk syncs share the next transaction, which does not wait; each hears its own answer', async () => {
  const { store, remove } = await temporaryStore();
  const { inbox, groups, gates } = gatedInbox(store.inbox);
  const receiver = createReceiver(() => inbox);

  const first = receiver.receive(delivery('a'));
  await turn();
  const later = ['b', 'c', 'a'].map((guid) => receiver.receive(delivery(guid)));
  await turn();
  gates[0]?.open();
  expect(await first).toBe(true);
  expect(groups).toEqual([['a'], ['b', 'c', 'a']]);
  gates[1]?.open();
  expect(await Promise.all(later)).toEqual([true, true, false]);
  await remove();
});

test('those of one turn share a transaction', async () => {
  const { store, remove } = await temporaryStore();
  const { inbox, groups, gates } = gatedInbox(store.inbox);
  const receiver = createReceiver(() => inbox);
  const both = ['a', 'b'].map((guid) => receiver.receive(delivery(guid)));
  await turn();
  gates[0]?.open();
  expect(await Promise.all(both)).toEqual([true, true]);
  expect(groups).toEqual([['a', 'b']]);
  await remove();
});

test('a failed transaction fails all of its deliveries, and the next one works', async () => {
  const { store, remove } = await temporaryStore();
  const { inbox, gates } = gatedInbox(store.inbox);
  const receiver = createReceiver(() => inbox);
  const both = Promise.allSettled(['a', 'b'].map((guid) => receiver.receive(delivery(guid))));
  await turn();
  gates[0]?.fail(new Error('disk full'));
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);

  const again = receiver.receive(delivery('a'));
  await turn();
  gates[1]?.open();
  expect(await again).toBe(true);
  await remove();
});
