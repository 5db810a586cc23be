/** What `playcaller replay` says of parked work: one entry each, nothing in it that could play with a terminal. */
import type { ParkedInput } from '../store/inbox-types.ts';

const LONGEST = 160;

export function listReport(parked: readonly ParkedInput[], all: number): string {
  if (parked.length === 0) return 'Nothing is parked.\n';
  const more = all - parked.length;
  return [
    `${counted(all, 'input')} parked, the oldest first:`,
    ...parked.flatMap((one) => ['', ...entry(one)]),
    '',
    ...(more > 0 ? [`… and ${more} more; --json lists all.`, ''] : []),
    `playcaller replay ${parked[0]?.seq} puts the first one back, --all everything; --drop throws away.`,
    '',
  ].join('\n');
}

/** @param later lanes that back off, and for how many milliseconds yet */
export function replayedReport(done: readonly ParkedInput[], later: ReadonlyMap<string, number>): string {
  if (done.length === 0) return 'Nothing was put back.\n';
  const waits = [...later].map(
    ([lane, ms]) => `${oneLine(lane)} is failing just now and is tried again in ${Math.max(1, Math.round(ms / 1000))} s.`,
  );
  return [...done.map((one) => `put back ${title(one)}`), ...waits, 'The app handles them next, or when it runs again.', ''].join(
    '\n',
  );
}

/** With what they were, so that a person can still do it by hand. */
export function droppedReport(done: readonly ParkedInput[]): string {
  if (done.length === 0) return 'Nothing was thrown away.\n';
  return [...done.flatMap((one) => [`thrown away: ${title(one)}`, `  ${oneLine(JSON.stringify(one.input), Infinity)}`]), ''].join(
    '\n',
  );
}

export function dataOf({ seq, parkedAt, lane, event, guid, error, attempts, input }: ParkedInput) {
  return { number: seq, parkedAt, lane, event, guid, tried: attempts, error, input };
}

function title({ seq, lane, event }: ParkedInput): string {
  return `#${seq}  ${oneLine(lane)}  ${oneLine(event)}`;
}

function entry(one: ParkedInput): string[] {
  const { parkedAt, guid, attempts, error, input } = one;
  const tried = attempts === 0 ? '' : `, tried ${attempts === 1 ? 'once' : `${attempts} times`}`;
  const said = input.kind === 'command' ? [`  ${oneLine(input.author)} wrote: ${oneLine(input.body)}`] : [];
  return [
    title(one),
    `  parked ${parkedAt.slice(0, 19).replace('T', ' ')} UTC${tried}, delivery ${oneLine(guid)}`,
    ...said,
    `  ${oneLine(error)}`,
  ];
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what} is` : `${count} ${what}s are`;
}

/** Control and formatting characters out, white space to single blanks, cut to a length. */
function oneLine(text: string, longest = LONGEST): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .toWellFormed();
  return plain.length > longest ? `${plain.slice(0, longest - 1).toWellFormed()}…` : plain;
}
