/** Facts for the plan of a parent's sub-issues: asked for by command, or kept up since (B1). */
import { shownState } from '../../model/failure.ts';
import type { LaneFacts } from '../../model/lane-facts.ts';
import type { RepoName } from '../../model/repo.ts';
import type { PlanFacts, PlanRecord, SubIssue } from '../../model/sub-plan.ts';
import type { Trigger } from '../../model/trigger.ts';
import type { Ledger } from '../../store/ledger-types.ts';
import type { Reading } from '../reading.ts';
import { outsidersOf } from './outsiders.ts';
import { readLines, taskList } from './read-lines.ts';
import { readLinks } from './read-links.ts';
import { type ListedIssue, readSubIssues } from './read-sub-issues.ts';

/** A cheap sign; the command's own parser decides. */
const ASKS = /^[ \t]*\/session[ \t]+(?:plan|recover)\b/im;
/** What cannot change a plan: comments, ticks and commands of the parent itself. */
const WITHOUT_MEANING = /^issue_comment\./;

type SubjectTrigger = Extract<Trigger, { kind: 'subject' | 'command' }>;

export async function planFacts(
  trigger: SubjectTrigger,
  subject: Pick<LaneFacts['subject'], 'onPull' | 'children' | 'body'>,
  record: PlanRecord | null,
  reading: Reading,
): Promise<Pick<LaneFacts, 'plan'>> {
  const { repo, number } = trigger;
  const total = subject.children?.total ?? 0;
  if (subject.onPull || (total === 0 && record === null) || !wants(trigger, record)) return {};
  const listed = await readSubIssues(reading, repo, number);
  const here = listed.filter((issue) => issue.repo === repo);
  const { links, unread } = await readLinks(here, isFresh(trigger) ? {} : (record?.links ?? {}), repo, reading);
  const subs = await Promise.all(here.map((issue) => subIssue(issue, links, repo, reading.ledger)));
  const known = new Set(subs.map((sub) => sub.number));
  const strangers = subs.flatMap((sub) => sub.links.filter((link) => link.repo === null && !known.has(link.number)));
  const plan: PlanFacts = {
    subs,
    foreign: listed.filter((issue) => issue.repo !== repo).map((issue) => `${issue.repo}#${issue.number}`),
    beyond: Math.max(0, total - listed.length),
    order: taskList(subject.body, repo).filter((one) => known.has(one)),
    outsiders: await outsidersOf(
      strangers.map((link) => link.number),
      repo,
      reading,
    ),
    unread,
    links,
    record,
    commentId: await reading.ledger.artefact(repo, number, 'plan'),
  };
  return { plan };
}

function wants(trigger: SubjectTrigger, record: PlanRecord | null): boolean {
  if (trigger.kind === 'command') return ASKS.test(trigger.command.body);
  return record !== null && trigger.changes.some(({ event }) => !WITHOUT_MEANING.test(event));
}

/** GitHub tells no app of every change of a link: a person who asks, and each sweep, have all of them read anew. */
function isFresh(trigger: SubjectTrigger): boolean {
  return trigger.kind === 'command' || trigger.changes.some(({ event }) => event === 'playcaller.sweep');
}

async function subIssue(issue: ListedIssue, links: PlanFacts['links'], repo: RepoName, ledger: Ledger): Promise<SubIssue> {
  const said = readLines(issue.body ?? '', repo);
  const own = await ledger.session(repo, issue.number);
  const blocked = (links[issue.number]?.to ?? []).map((to) => ({ link: 'hard' as const, from: 'github' as const, ...to }));
  const pulls = (own?.pulls ?? []).filter((pull) => pull.state === 'open');
  const scans = await Promise.all(pulls.map((pull) => ledger.scan(repo, pull.number)));
  const changed = scans.flatMap((scan) => scan?.files.map((file) => file.path) ?? []);
  return {
    id: issue.node_id,
    number: issue.number,
    title: issue.title,
    body: issue.body ?? '',
    state: issue.state,
    closeReason: issue.state === 'open' ? null : closeReason(issue.state_reason),
    labels: issue.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
    estimate: said.estimate,
    links: [...blocked, ...said.links],
    saysNone: said.saysNone,
    files: [...new Set([...said.files, ...changed])],
    session: own ? { state: shownState(own.session), type: own.session.type } : null,
  };
}

function closeReason(reason: string | null | undefined): SubIssue['closeReason'] {
  if (reason === 'not_planned') return 'not-planned';
  return reason === 'duplicate' ? 'duplicate' : 'completed';
}

/** A sub-issue's place in the plan of its parent; null where there is no plan. */
export async function placeIn(
  parent: number | null,
  { repo, number }: { repo: RepoName; number: number },
  ledger: Ledger,
): Promise<LaneFacts['subject']['plan']> {
  const plan = parent === null ? null : await ledger.plan(repo, parent);
  if (plan === null) return null;
  const unseen = { parent: plan.number, batch: null, of: 0, waits: [], abandoned: [], unseen: true as const };
  return plan.places[number] ?? unseen;
}
