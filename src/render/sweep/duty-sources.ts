/** Sessions, incidents and checks that a due session comes from, as links. */
import type { Duty, FullPlan } from '../../model/sweep.ts';
import { code, link, quoteText } from '../markdown.ts';
import { deflakeWords } from './duty-words.ts';
import { percent, span } from './phrases.ts';
import { blockerWords } from './rank-reason.ts';
import { count } from './words.ts';

export interface DutyOrigin {
  plan: Pick<FullPlan, 'blockers' | 'quality' | 'stalled'>;
  repoUrl: string;
}

/** Longest list. */
const MOST = 20;

/** Markdown, one line each. */
export function dutySources(duty: Duty, origin: DutyOrigin): string[] {
  return linesOf(duty, origin).slice(0, MOST);
}

function linesOf(duty: Duty, { plan, repoUrl }: DutyOrigin): string[] {
  switch (duty.kind) {
    case 'governance':
    case 'scheduler':
      return [];
    case 'hardening':
    case 'retrospective':
      return subject(duty).map((number) => `The incident #${number}`);
    case 'rescue':
      return subject(duty).map((number) => `The session #${number}${stillFor(number, plan)}`);
    case 'unblocker':
      return blocked(duty, plan);
    case 'deflake':
      return checks(duty, plan, repoUrl);
    case 'corrective':
      return drifts(duty, plan);
  }
}

/** `hardening:#41`: the key names the issue. */
function subject({ key }: Duty): number[] {
  const number = /:#(\d{1,9})$/.exec(key)?.[1];
  return number === undefined ? [] : [Number(number)];
}

function stillFor(number: number, { stalled }: DutyOrigin['plan']): string {
  const one = stalled.find((session) => session.number === number);
  return one ? `, without movement for ${count(one.cycles, 'sweep')}` : '';
}

/** Its reason names those sessions, in our own words. */
function blocked({ because }: Duty, { blockers }: DutyOrigin['plan']): string[] {
  const named = new Set(Array.from(because.matchAll(/#(\d{1,9})\b/g), ([, number]) => Number(number)));
  return blockers
    .filter(({ number }) => named.has(number))
    .map(({ number, why, cycles }) => `#${number}: ${quoteText(blockerWords(why), 120)} (${count(cycles, 'cycle')})`);
}

/** The check is the one whose title this is. */
function checks({ title }: Duty, { quality }: DutyOrigin['plan'], repoUrl: string): string[] {
  const flaky = quality.flaky.filter((one) => deflakeWords(one.name, one, null).title === title);
  const names = new Set(flaky.map(({ name }) => name));
  const slower = quality.slower.filter((one) => names.has(one.name) || deflakeWords(one.name, null, one).title === title);
  return [
    ...flaky.map(({ name, sha, times }) => {
      const commit = link(sha.slice(0, 7), `${repoUrl}/commit/${sha}`);
      return `${code(name, 80)} passed and failed on ${commit}${times > 1 ? ` and on ${count(times - 1, 'more commit')}` : ''}`;
    }),
    ...slower.map(({ name, beforeMs, nowMs }) => `${code(name, 80)} took ${span(beforeMs)} before and takes ${span(nowMs)} now`),
  ];
}

function drifts({ category }: Duty, { quality }: DutyOrigin['plan']): string[] {
  return quality.drift
    .filter((one) => one.category === category)
    .map(({ kind, before, now }) =>
      kind === 'coverage'
        ? `Coverage of new code: ${percent(before)} before, ${percent(now)} now`
        : `Duration of its checks: ${span(before)} before, ${span(now)} now`,
    );
}
