/** One leased lane: its next run handled while the lease is kept alive, then settled and logged in one line. */
import type { LaneWork } from '../store/inbox-types.ts';
import { backoffMs, isLastAttempt, MOST_LOST } from './backoff.ts';
import { type Rests, restAfter } from './rest.ts';
import type { Run } from './split-work.ts';
import { nextRun } from './split-work.ts';
import type { HandledRun, WorkerParts } from './worker.ts';

export async function handleLane(parts: WorkerParts, work: LaneWork, leaseMs: number, rests: Rests): Promise<void> {
  const run = nextRun(work, parts.now().toISOString());
  if (!run) {
    const last = work.inputs.at(-1);
    if (last) parts.log.error({ key: work.lease.lane, inputs: work.inputs }, 'inputs that no handler takes were parked');
    // Nothing to hand over: to park it frees the lane.
    return parts.inbox.park(work.lease, last?.seq ?? 0, 'no handler for this input');
  }
  if (work.lost >= MOST_LOST) {
    // None of its tries came to an error that could be caught: what kills workers is put aside.
    const inputs = work.inputs.filter(({ seq }) => seq <= run.uptoSeq);
    parts.log.error({ key: work.lease.lane, lost: work.lost, inputs }, 'parked: no worker lived through it');
    return parts.inbox.park(work.lease, run.uptoSeq, killedItsWorkers(work.lost));
  }
  const started = performance.now();
  const keeper = keepLease(parts, work, leaseMs);
  const tally = { calls: 0, mayWrite: keeper.holds };
  let failure: { error: unknown } | null = null;
  try {
    await parts.tallied(tally, () => parts.handle(run.trigger, work.lease));
  } catch (error) {
    failure = { error };
  } finally {
    keeper.stop();
  }
  const outcome = failure ? await settleFailure(parts, work, run, failure.error) : await settleSuccess(parts, work, run, rests);
  const durationMs = Math.round(performance.now() - started);
  parts.onHandled?.({ trigger: run.trigger, outcome, durationMs, calls: tally.calls });
  const { kind, guid } = run.trigger;
  const { guids } = run;
  // One run handles all that waited: each of its GUIDs can be found.
  const together = guids.length > 1 ? { guids } : {};
  parts.log.info(
    { guid, ...together, key: work.lease.lane, kind, outcome, deliveries: guids.length, durationMs, calls: tally.calls },
    'handled',
  );
}

function killedItsWorkers(times: number): string {
  return (
    `The process ended ${times} times in a row while this was handled, the last times with nothing else running beside it. ` +
    'The log before each new start shows why (often too little memory). Once that is mended, replay it.'
  );
}

async function settleSuccess(parts: WorkerParts, work: LaneWork, run: Run, rests: Rests): Promise<HandledRun['outcome']> {
  const restMs = restAfter(run.trigger);
  if (restMs > 0) {
    // The lease outlasts the rest: what comes meanwhile waits in the lane, and is handled as one.
    rests.add(restMs, () => parts.inbox.complete(work.lease, run.uptoSeq));
    return 'done';
  }
  return (await parts.inbox.complete(work.lease, run.uptoSeq)) ? 'done' : 'lease-lost';
}

async function settleFailure(parts: WorkerParts, work: LaneWork, run: Run, error: unknown): Promise<HandledRun['outcome']> {
  const { inbox, log } = parts;
  const { lease, attempts } = work;
  const verdict = parts.sortError(error);
  const message = error instanceof Error ? error.message : String(error);
  if (verdict.kind === 'wait') {
    // The jitter keeps all lanes of an installation from coming back in the same moment.
    await inbox.retry(lease, Math.max(0, verdict.untilMs - parts.now().getTime()) + Math.random() * 1000, false, message);
    return 'later';
  }
  if (verdict.kind === 'drop') {
    log.info({ key: lease.lane, guid: run.trigger.guid, why: message }, 'what this was about is gone');
    return (await inbox.complete(lease, run.uptoSeq)) ? 'dropped' : 'lease-lost';
  }
  if (isLastAttempt(verdict, attempts)) {
    const inputs = work.inputs.filter(({ seq }) => seq <= run.uptoSeq);
    log.error(
      { err: error, guid: run.trigger.guid, guids: run.guids, key: lease.lane, attempts: attempts + 1, inputs },
      'parked',
    );
    await inbox.park(lease, run.uptoSeq, message);
    return 'parked';
  }
  const delayMs = Math.max(backoffMs(attempts, Math.random()), verdict.kind === 'outage' ? verdict.notBeforeMs : 0);
  log.warn({ key: lease.lane, guid: run.trigger.guid, attempts: attempts + 1, delayMs, why: message }, 'failed; trying again');
  log.debug({ err: error, key: lease.lane }, 'the failure in full');
  await inbox.retry(lease, delayMs, true, message);
  return 'retry';
}

/** Between the store's clock giving the lease and ours beginning to count. */
const MARGIN = 0.2;

interface Keeper {
  /** Surely nobody else has the lane: by a clock that goes on while this process is stopped. */
  holds(): boolean;
  stop(): void;
}

/** Renews at a third of the lease, so that one renewal may fail before it is taken for lost. */
function keepLease(parts: WorkerParts, work: LaneWork, leaseMs: number): Keeper {
  let heldSince = performance.now();
  const timer = setInterval(() => {
    const asked = performance.now();
    parts.inbox.renew(work.lease, leaseMs).then(
      (held) => {
        if (held) {
          heldSince = asked;
          return;
        }
        heldSince = Number.NEGATIVE_INFINITY;
        clearInterval(timer);
        parts.log.warn({ key: work.lease.lane }, 'the lease was lost while handling');
      },
      (error: unknown) => parts.log.warn({ err: error, key: work.lease.lane }, 'the lease could not be renewed'),
    );
  }, leaseMs / 3);
  return {
    holds: () => performance.now() - heldSince < leaseMs * (1 - MARGIN),
    stop: () => clearInterval(timer),
  };
}
