/** Whether the worker lives can be seen: its slots, and how long ago it looked; a store that hangs holds no end up. */
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWorker, type Worker } from '../../src/intake/worker.ts';
import type { Inbox } from '../../src/store/inbox-types.ts';
import { temporaryStore } from './deliver.ts';

let opened: Awaited<ReturnType<typeof temporaryStore>>;

beforeEach(async () => {
  opened = await temporaryStore();
});

afterEach(() => opened.remove());

function start(inbox: Inbox, handle: () => Promise<void>): Worker {
  return startWorker({
    inbox,
    log: pino({ level: 'silent' }),
    handle,
    sortError: () => ({ kind: 'failed' }),
    tallied: (_, work) => work(),
    now: () => new Date(),
    concurrency: 3,
    pollMs: 20,
  });
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

test('busy slots, and a look every few milliseconds also while all are busy', async () => {
  await opened.store.inbox.receive([
    {
      guid: 'g',
      event: 'issues.labeled',
      receivedAt: new Date().toISOString(),
      inputs: [
        {
          repo: 'acme/shop',
          installationId: 5,
          address: { to: 'subject', number: 1 },
          input: { kind: 'change', event: 'issues.labeled', sender: 'alice', labels: [], isPull: false },
        },
      ],
    },
  ]);
  let end = () => {};
  const worker = start(
    opened.store.inbox,
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  await until(() => worker.figures().busy === 1);
  expect(worker.figures()).toMatchObject({ slots: 3, busy: 1 });
  // It looks again: the age falls.
  let oldest = 0;
  await until(() => {
    const { lookedAgoMs } = worker.figures();
    const fell = lookedAgoMs < oldest;
    oldest = lookedAgoMs;
    return fell;
  });
  end();
  expect(await worker.stop(5000)).toBe(true);
  expect(worker.figures().busy).toBe(0);
});

test('a store that hangs: the age only grows, and the end comes after its time all the same', async () => {
  const hanging: Inbox = { ...opened.store.inbox, nextDueMs: () => new Promise(() => undefined) };
  const worker = start(hanging, async () => undefined);
  await until(() => worker.figures().lookedAgoMs > 60);
  const before = worker.figures().lookedAgoMs;
  worker.wake();
  await until(() => worker.figures().lookedAgoMs > before + 40);
  expect(await worker.stop(50)).toBe(false);
});
