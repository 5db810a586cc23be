/** The plan of a parent's sub-issues: its comment, what the ledger keeps, what starts, whom it concerns (B1–B3). */
import type { BatchPlan } from '../../model/batches.ts';
import type { Effects, LedgerEffect } from '../../model/effect.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import { subjectLane } from '../../model/repo.ts';
import type { PlanFacts, PlanRecord } from '../../model/sub-plan.ts';
import { type PlanView, planComment } from '../../render/batches/plan-comment.ts';
import { planBatches } from '../plan/batches.ts';
import { readTicks } from '../progress.ts';
import { suffixes } from '../session/labels.ts';
import { wakePages } from '../wake-pages.ts';
import { commonFiles } from './common-files.ts';
import { orderBatches, ranksOf } from './order-batches.ts';
import { hasEnded, placesOf } from './places.ts';
import { startEffects, startsOf, unborn } from './starts.ts';
import { taskId, tasksOf } from './tasks-of.ts';

const ROLE = 'plan';
const MINUTE_MS = 60_000;

/** @param run what a command says of running by itself; absent: as before */
export function decidePlan(facts: LaneFacts, run?: PlanRecord['run']): Effects {
  const given = facts.plan;
  if (!given) return { ledger: [], github: [], after: [] };
  const { repo, subject, now } = facts;
  const running = run === undefined ? (given.record?.run ?? null) : run;
  const { tasks, odd, counted, silent } = tasksOf(given, (sub) => typeOf(sub, facts), repo.playbooks);
  const planned = planBatches(tasks);
  const ranks = ranksOf(
    given.order.map(taskId),
    tasks.map(({ id }) => id),
  );
  const plan: BatchPlan = { ...planned, batches: orderBatches(planned.batches, tasks, ranks) };
  const places = placesOf(subject.number, plan.batches, tasks);
  const record: PlanRecord = {
    repo: repo.name,
    number: subject.number,
    run: running,
    places,
    links: given.links,
    ended: hasEnded(tasks) || subject.state === 'closed',
  };
  const goes = running !== null && subject.state === 'open';
  const starts = goes ? startsOf(plan.batches, tasks, given.subs, places, given.unread, repo) : { now: [], later: 0 };
  const comment = ourComment(facts, given);
  const view: PlanView = {
    parent: subject.number,
    plan,
    tasks,
    places,
    odd,
    counted,
    silent,
    run: running,
    common: commonFiles(plan.batches, tasks, given.subs),
    foreign: given.foreign,
    beyond: given.beyond,
    unread: given.unread,
    ticks: new Set(comment ? readTicks(comment.body).ticks : []),
  };
  const ledger: LedgerEffect[] = [];
  if (JSON.stringify(record) !== JSON.stringify(given.record)) ledger.push({ kind: 'plan.save', plan: record });
  ledger.push(...wakePages(repo.name, changed(given, places), 'plan-changed', now));
  if (comment && comment.id !== given.commentId) {
    ledger.push({ kind: 'artefact.remember', repo: repo.name, number: subject.number, role: ROLE, id: comment.id });
  }
  const lane = subjectLane(repo.name, subject.number);
  if (starts.later > 0)
    ledger.push({ kind: 'wake', lane, why: 'plan-goes-on', at: new Date(Date.parse(now) + MINUTE_MS).toISOString() });
  return {
    ledger,
    github: [...shown(planComment(view), facts, comment), ...startEffects(starts.now, repo)],
    // Our own labels are no news to us: their lanes are told.
    after: [...starts.now, ...(goes ? unborn(given.subs, repo) : [])].map((sub) => ({
      kind: 'wake',
      lane: subjectLane(repo.name, sub.number),
      why: 'plan-start',
    })),
  };
}

/** Of its session, else its label's; null where nothing says so. */
function typeOf(sub: PlanFacts['subs'][number], { repo }: LaneFacts): string | null {
  const [label] = suffixes(sub.labels, repo.config.labels.sessionPrefix);
  return sub.session?.type ?? label ?? null;
}

/** Sessions that wait or work, and whose place is another now. */
function changed({ subs, record }: PlanFacts, places: PlanRecord['places']): number[] {
  const open = subs.filter(({ session }) => session && session.state !== 'completed' && session.state !== 'abandoned');
  const moved = open.filter(({ number }) => JSON.stringify(places[number]) !== JSON.stringify(record?.places[number]));
  return moved.map((sub) => sub.number);
}

function ourComment({ subject }: LaneFacts, { commentId }: PlanFacts) {
  const ours = subject.comments.filter((comment) => comment.ours);
  return (
    ours.find((comment) => comment.id === commentId) ??
    ours.find((comment) => comment.body.startsWith('<!-- playcaller:plan -->'))
  );
}

function shown(body: string, { subject }: LaneFacts, comment: ReturnType<typeof ourComment>): Effects['github'] {
  if (comment?.body === body) return [];
  const remember = { number: subject.number, role: ROLE };
  return comment
    ? [{ kind: 'comment.update', commentId: comment.id, body }]
    : [{ kind: 'comment.create', subjectId: subject.id, body, remember }];
}
