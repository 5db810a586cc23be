/** Group commit: deliveries that arrive while a transaction runs are stored together in the next one. */
import type { Inbox, NewDelivery } from '../store/inbox-types.ts';

interface Waiting {
  delivery: NewDelivery;
  resolve: (isNew: boolean) => void;
  reject: (error: unknown) => void;
}

export interface Receiver {
  /** Resolves once the delivery is durable: `false` when its GUID was known. Rejects when it is not stored. */
  receive(delivery: NewDelivery): Promise<boolean>;
}

/** Deliveries in one transaction (measured with 32 senders: 16 is slower, 24 no faster). */
const LARGEST_GROUP = 32;
/** More would queue up before the one connection. */
const MOST_GROUPS = 4;

/** @param inbox asked for anew each time: null while the store is not open. */
export function createReceiver(inbox: () => Inbox | null): Receiver {
  const waiting: Waiting[] = [];
  const underWay = new Set<Promise<void>>();
  let running = false;

  /** The embedded store blocks while it writes, so those that came meanwhile are let in first: as long as there come more. */
  async function gather(): Promise<void> {
    for (let seen = 0; waiting.length > seen && waiting.length < LARGEST_GROUP; ) {
      seen = waiting.length;
      await nextTurn();
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      await gather();
      // While the disk syncs one group, the next one is read, checked and written.
      if (underWay.size >= MOST_GROUPS) await Promise.race(underWay);
      const group = storeGroup(inbox(), waiting.splice(0, LARGEST_GROUP)).finally(() => underWay.delete(group));
      underWay.add(group);
    }
    running = false;
  }

  return {
    receive(delivery) {
      return new Promise((resolve, reject) => {
        waiting.push({ delivery, resolve, reject });
        if (running) return;
        running = true;
        void run();
      });
    },
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function storeGroup(inbox: Inbox | null, group: Waiting[]): Promise<void> {
  try {
    if (!inbox) throw new Error('the store is not open yet');
    const known = await inbox.receive(group.map(({ delivery }) => delivery));
    group.forEach(({ resolve }, index) => {
      resolve(known[index] ?? true);
    });
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
}
