/** A leased lane's inputs → the next thing to handle: one command, or the run of changes or board reasons before the next. */
import type { BoardReason, ChangeInput, Trigger } from '../model/trigger.ts';
import type { LaneWork } from '../store/inbox-types.ts';

export interface Run {
  trigger: Trigger;
  /** Every input up to and with this one is handled by it. */
  uptoSeq: number;
  guids: string[];
}

/** Null when the lane holds nothing that could be handled. */
export function nextRun(work: LaneWork, now: string): Run | null {
  const [first] = work.inputs;
  if (!first) return null;
  const { kind } = first.input;
  const end = kind === 'command' ? 1 : work.inputs.findIndex(({ input }) => input.kind !== kind);
  const inputs = work.inputs.slice(0, end < 0 ? work.inputs.length : end);
  const last = inputs.at(-1) ?? first;
  const base = { repo: work.repo, installationId: work.installationId, now, guid: last.guid };
  const guids = [...new Set(inputs.map(({ guid }) => guid))];
  if (kind === 'board') {
    const reasons = new Set<BoardReason>();
    for (const { input } of inputs) if (input.kind === 'board') reasons.add(input.reason);
    return { trigger: { kind, ...base, reasons: [...reasons] }, uptoSeq: last.seq, guids };
  }
  const number = laneNumber(work.lease.lane);
  if (number === null) return null;
  if (first.input.kind === 'command') {
    return { trigger: { kind: 'command', ...base, number, command: first.input }, uptoSeq: last.seq, guids };
  }
  const changes: ChangeInput[] = [];
  for (const { input } of inputs) if (input.kind === 'change') changes.push(input);
  return { trigger: { kind: 'subject', ...base, number, changes }, uptoSeq: last.seq, guids };
}

function laneNumber(lane: string): number | null {
  const found = /#(\d+)$/.exec(lane);
  return found ? Number(found[1]) : null;
}
