/** `/session fail [kind=…] <error>`: the session's work went wrong; it stays active and waits for its recovery (B6). */
import { type Failure, openFailure } from '../../model/failure.ts';
import type { Records } from '../../model/records.ts';
import { FAULT_KINDS, type FaultKind } from '../../model/recovery.ts';
import * as words from '../../render/recover/replies.ts';
import { cleanLog } from '../recover/clean-log.ts';
import { saidBefore } from '../special/notebook.ts';
import { onOpenSession, said, wrong } from './here.ts';
import { nearest } from './nearest.ts';
import type { Asked, Command, CommandResult } from './types.ts';

/** More than that tells nobody more. */
const MOST = 20;

export const fail: Command = {
  verb: 'fail',
  usage: `/session fail [kind=${FAULT_KINDS.join('|')}] <error>`,
  does: 'marks the session as failed, with the error; a code block below it belongs to the error. `--clear` takes it back',
  permission: 'triage',
  examples: [
    '/session fail kind=syntax totals.ts does not parse: unexpected end of input',
    '/session fail kind=architecture two sessions write the same table',
    '/session fail --clear',
  ],
  takesLines: () => 'log',
  run(asked) {
    return onOpenSession(asked, ({ session: { state, records } }) => {
      if (asked.rest.trim() === '--clear') return takeBack(asked, records);
      if (state === 'planned') return wrong(words.notBegun());
      const read = readFailure(asked);
      if ('fault' in read) return wrong(read.fault);
      const failure: Failure = { ...said(asked), ...read, recovery: null };
      return {
        kind: 'ask',
        log: words.logFailed(failure),
        ask: { by: asked.author, update: (before) => withFailure(before, failure) },
      };
    });
  },
};

function takeBack(asked: Asked, records: Records): CommandResult {
  if (!openFailure(records) && !saidBefore(asked)) return wrong(words.notFailed());
  const update = (before: Records): Records =>
    openFailure(before) ? { ...before, failures: before.failures?.slice(0, -1) ?? [] } : before;
  return { kind: 'ask', log: words.logTakenBack(), ask: { by: asked.author, update } };
}

/** What is said anew of a failure that nobody has begun to mend takes its place. */
function withFailure(records: Records, failure: Failure): Records {
  const failures = records.failures ?? [];
  if (failures.some(({ key }) => key === failure.key)) return records;
  const before = openFailure(records) ? failures.slice(0, -1) : failures;
  return { ...records, failures: [...before, failure].slice(-MOST) };
}

/** `kind=` stands first or last: an error may have such words in it. */
function readFailure({ rest, below }: Asked): { kind: FaultKind; error: string } | { fault: string } {
  const first = /^kind\s*=\s*(\S+)\s*(.*)$/i.exec(rest);
  const last = first ? null : /^(?:(.*?)\s+)?kind=(\S+)$/i.exec(rest);
  const word = first?.[1] ?? last?.[2] ?? null;
  const text = first ? (first[2] ?? '') : last ? (last[1] ?? '') : rest;
  const kind = word === null ? 'unknown' : FAULT_KINDS.find((one) => one === word.toLowerCase());
  if (kind === undefined) return { fault: words.noSuchKind(word ?? '', nearest(word ?? '', FAULT_KINDS)) };
  const error = cleanLog([text, ...below].join('\n'));
  return /[\p{L}\p{N}]/u.test(error) ? { kind, error } : { fault: words.noError() };
}
