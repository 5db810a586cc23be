/** What does not move: blockers, failed and stalled sessions, the rescue and too much at once (W8, W9, W10, B6). */
import type { Blocker, FailedSession, Rescue, Stalled } from '../../model/stuck.ts';
import type { BoardRow } from './board-row.ts';
import { someOf } from './phrases.ts';
import { blockerWords } from './rank-reason.ts';
import { rowsByNumber, type Section, type SweepReport } from './sweep-report.ts';
import type { Tongue } from './tongue.ts';
import { count } from './words.ts';

type Named = (session: { number: number; name: string }) => string;

export function stuckSections(report: SweepReport, tongue: Tongue): Section[] {
  const { plan } = report;
  const rows = rowsByNumber(report);
  const named: Named = ({ number, name }) =>
    `${tongue.ref(number, rows.get(number)?.url)} ${titleOf(rows.get(number), name, tongue)}`;
  const stuck = [
    ...plan.failed.map((one) => failedLine(one, named, tongue)),
    ...backpressure(report, tongue),
    ...(plan.rescue ? rescueLines(plan.rescue, named, tongue) : []),
    ...plan.stalled.map((one) => stalledLine(one, named)),
  ];
  const blockers = plan.blockers.map((blocker) => blockerLine(blocker, named, tongue));
  return [
    blockers.length > 0
      ? { title: 'Blockers', lines: blockers, open: 6 }
      : { title: '', lines: [`${tongue.strong('Blockers:')} none`], open: 1 },
    { title: 'What is slow, and the way out', lines: stuck, open: 8 },
  ];
}

function titleOf(row: BoardRow | undefined, name: string, { say, code }: Tongue): string {
  return row ? say(row.title, 60) : code(name, 100);
}

const MITIGATION = {
  unblock: 'what it waited for has ended, so let it go on',
  'ask-owner': 'ask for a date, or for someone else who can',
  'cut-scope': 'cut the blocked part and ship the rest',
} as const;

function blockerLine({ number, name, why, on, cycles, escalation }: Blocker, named: Named, tongue: Tongue): string {
  const reason = why === null && on !== null ? 'blocked' : tongue.say(blockerWords(why), 120);
  const waits = on === null ? '' : ` on ${on.kind === 'issue' ? tongue.ref(on.number) : tongue.say(on.login, 40)}`;
  const age = cycles <= 1 ? 'new' : count(cycles, 'cycle');
  return `${named({ number, name })}: ${reason}${waits ? ` ·${waits}` : ''} · ${age}${escalated(escalation, on, tongue)}`;
}

function escalated(escalation: Blocker['escalation'], on: Blocker['on'], tongue: Tongue): string {
  if (escalation === null) return '';
  const { owner, mitigation } = escalation;
  const whose = tongue.strong(owner === null ? 'escalated' : `escalated to ${tongue.say(owner, 40)}`);
  if (mitigation !== 'wait-for-issue') return ` → ${whose}: ${MITIGATION[mitigation]}`;
  const issue = on?.kind === 'issue' ? tongue.ref(on.number) : 'what it waits for';
  return ` → ${whose}: finish ${issue} first, or cut what needs it`;
}

/** The command is to be copied as it stands. */
function failedLine({ number, name, error, days, recoveries }: FailedSession, named: Named, tongue: Tongue): string {
  const since = days === 0 ? 'failed' : `failed ${count(days, 'day')} ago`;
  const tried = recoveries === 0 ? '' : `, after ${count(recoveries, 'failed recovery', 'failed recoveries')}`;
  const what = tongue.say(error.split('\n').find((line) => line.trim() !== '') ?? '', 100);
  return `${named({ number, name })}: ${tongue.strong(since)}${tried} · ${what} → say ${tongue.code('/session recover')} on it`;
}

const PROPOSAL: Record<Stalled['proposal'], string> = {
  slice: 'cut it down to a slice that ships',
  rescue: 'give it a short rescue session',
  unblock: 'unblock it',
  merge: 'merge it, nothing else is left',
};

function stalledLine({ number, name, cycles, proposal }: Stalled, named: Named): string {
  return `${named({ number, name })}: no movement for ${count(cycles, 'sweep')} → ${PROPOSAL[proposal]}`;
}

const STEPS = ['stabilise', 'test', 'merge'] as const;

function rescueLines({ number, name, next, shed, cut }: Rescue, named: Named, tongue: Tongue): string[] {
  const at = STEPS.indexOf(next);
  const steps = STEPS.map((step, index) => (index < at ? `${step} ✓` : index === at ? tongue.strong(step) : step)).join(' → ');
  const parts = cut.slice(0, 3).map((text) => tongue.say(text.replace(/[\s.;]+$/, ''), 100));
  const rest = cut.length > parts.length ? `; and ${cut.length - parts.length} more` : '';
  return [
    `${tongue.strong('Rescue')} ${named({ number, name })}, the nearest to done: ${steps}`,
    ...(shed.length > 0
      ? [
          `To give up, so that it gets through: ${someOf(
            shed.map((one) => `${named(one)} (untouched for ${count(one.days, 'day')})`),
            3,
          )}`,
        ]
      : []),
    ...(parts.length > 0 ? [`To cut from it: ${parts.join('; ')}${rest}`] : []),
  ];
}

function backpressure({ plan, active }: SweepReport, tongue: Tongue): string[] {
  if (plan.backpressure === null) return [];
  const byName = new Map(active.map((row) => [row.name, row]));
  const first = plan.backpressure.first.map((name) => {
    const row = byName.get(name);
    return row ? tongue.ref(row.number, row.url) : tongue.code(name, 100);
  });
  const order = first.length > 0 ? `, fewest steps first: ${someOf(first, 5)}` : '';
  const { waiting, queued } = plan.backpressure;
  const work = `${count(waiting, 'session needs', 'sessions need')} more work`;
  const line = queued > 0 ? `, ${queued} ${queued === 1 ? 'waits' : 'wait'} for a slot` : '';
  return [`${tongue.strong('Backpressure:')} ${work}${line}. Finish before starting${order}`];
}
