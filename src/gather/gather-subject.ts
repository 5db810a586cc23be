/** Facts for the lane of an issue or pull request: the ledger first, then one GraphQL query. */
import { CONFIG_CHECK, READINESS_CHECK } from '../model/check-names.ts';
import type { SessionLedger, SubjectFacts } from '../model/facts.ts';
import type { Facts, LaneFacts } from '../model/lane-facts.ts';
import { LOCKFILES } from '../model/manifests.ts';
import type { RepoName } from '../model/repo.ts';
import { splitRepo } from '../model/repo.ts';
import type { PullRecord } from '../model/session.ts';
import type { ChangeInput, Trigger } from '../model/trigger.ts';
import { aroundPull, formerSiblings } from './around-pull.ts';
import { askedType, asksPrompt } from './asked-type.ts';
import { commitlintOf, rootNames } from './commitlint.ts';
import { familyOf, keysIn } from './family.ts';
import { type CommitStateFragment, SubjectDocument, type SubjectQuery, type SubjectQueryVariables } from './generated/graphql.ts';
import { groundFacts } from './ground.ts';
import { labelVariables, lastKnown, repoFacts } from './home.ts';
import { leftFacts, leftVariables } from './left-commit.ts';
import { configCheck } from './map-checks.ts';
import { type PullAnswer, pullFacts } from './map-pull.ts';
import { commentFact, issueFacts, present } from './map-subject.ts';
import { groupFacts, groupVariables } from './merge-group.ts';
import { wholeCommit } from './more-checks.ts';
import { madeIssues, notebookFacts, seeksIssue } from './notebook.ts';
import { aroundFacts } from './others.ts';
import { permissionOf } from './permission.ts';
import { recoveryFacts } from './plan/around-recovery.ts';
import { planFacts } from './plan/plan-facts.ts';
import { previewOf } from './preview.ts';
import { commentIds, proposalsOf, proposalVariables, wantedProposals } from './proposals.ts';
import { readPatches } from './read-patches.ts';
import { dataOf, type Reading } from './reading.ts';
import { servedSession } from './served.ts';
import { servingPulls } from './serving-pulls.ts';

type SubjectTrigger = Extract<Trigger, { kind: 'subject' | 'command' }>;
type Answer = NonNullable<SubjectQuery['repository']>;

const MAY_MISS = [
  'ownerHome',
  'known',
  'repository.collaborators',
  // Not every app may read the rules; a merge group's commit goes with the group.
  'repository.issueOrPullRequest.baseRef.rules',
  'repository.issueOrPullRequest.baseRef.refUpdateRule',
  'repository.issueOrPullRequest.latestOpinionatedReviews.nodes',
  'repository.group',
  'repository.groupBranch',
  'repository.left',
];
const MAY_BE_GONE = ['repository.issueOrPullRequest'];
/** `nodes(ids:)` takes 100; card, playbook and record come first. */
const MAX_KNOWN = 100;

export async function gatherSubject(trigger: SubjectTrigger, reading: Reading): Promise<Facts> {
  const { repo, number, now } = trigger;
  const { ledger } = reading;
  const own = await ledger.session(repo, number);
  const record = await ledger.pull(repo, number);
  const { stored, config, registry } = await lastKnown(ledger, repo);
  const wanted = wantedProposals(own, config, registry, trigger);
  const asks = trigger.kind === 'command' ? askedType(trigger.command.body) : '';
  const asker = trigger.kind === 'command' ? trigger.command.author : null;
  const plan = await ledger.plan(repo, number);
  const ours = own !== null || record !== null || plan !== null;
  if (trigger.kind === 'subject' && !ours && !concerns(trigger.changes, config.labels)) return { kind: 'irrelevant' };
  const servedBefore = record?.session && record.session !== number ? await ledger.session(repo, record.session) : null;
  const planComment = plan === null ? null : await ledger.artefact(repo, number, 'plan');
  const known = [
    ...commentIds(own),
    planComment ?? undefined,
    servedBefore?.artefacts.card,
    ...(own?.pulls ?? []).map((pull) => pull.id),
  ];
  const branch = own && !own.session.onPull ? own.session.branch : null;
  const variables: SubjectQueryVariables = {
    ...ownerAndName(repo),
    number,
    appId: reading.appId,
    checkName: READINESS_CHECK,
    configName: CONFIG_CHECK,
    known: known.filter((id) => id !== undefined).slice(0, MAX_KNOWN),
    branch: branch ?? '',
    branchRef: `refs/heads/${branch ?? ''}`,
    hasBranch: branch !== null,
    recent: needsThread(trigger, own, record),
    asker: asker ?? '',
    asked: asker !== null,
    typeLabel: config.labels.sessionPrefix + (own?.session.type ?? asks),
    askedLabel: config.labels.sessionPrefix + asks,
    backlogLabel: config.labels.backlogActive,
    seeks: seeksIssue(own),
    // Whether a session is served shows only in the answer.
    history: record === null || (own ?? servedBefore) !== null,
    ...groupVariables(trigger, record),
    ...leftVariables(trigger, record),
    ...proposalVariables(wanted),
    ...labelVariables(config),
  };
  const answer = await reading.client.graphql<SubjectQuery>('Subject', SubjectDocument, { ...variables });
  const data = dataOf(answer, MAY_MISS, MAY_BE_GONE);
  const home = data.repository;
  // GitHub follows a repository to its new name.
  if (home && home.nameWithOwner !== repo) return { kind: 'moved', to: home.nameWithOwner };
  const thing = home?.issueOrPullRequest;
  // A transferred issue may still answer to its old number.
  const elsewhere = thing && !thing.url.startsWith(`${home.url}/`);
  if (!home || !thing || elsewhere) {
    const serving = (own?.pulls ?? []).flatMap((pull) => (pull.state === 'open' && pull.number !== number ? [pull.number] : []));
    return { kind: 'gone', now, own: own?.session ?? null, record, siblings: await formerSiblings(record, ledger), serving };
  }
  const isPull = thing.__typename === 'PullRequest';
  const patches = isPull ? await patchesOf(thing, reading, repo, trigger) : null;
  const head = isPull ? present(thing.headCommit.nodes)[0]?.commit : null;
  const whole = (commit: CommitStateFragment) => wholeCommit(commit, number, repo, reading);
  const checked = head ? await whole(head) : null;
  const pull = isPull && patches ? pullFacts(thing, patches.scan, repo, checked) : null;
  const served = pull && !own ? await servedSession(ledger, repo, pull) : null;
  const facts: LaneFacts = {
    kind: 'subject',
    now,
    repo: {
      ...repoFacts(home, data.ownerHome, stored, repo, trigger.installationId, [home.type, home.askedType ?? null, home.backlog]),
      ...commitlintOf(home),
      lockfiles: rootNames(home).filter((name) => LOCKFILES.has(name)),
    },
    subject: await subjectFacts(data, home, own, reading, repo, pull),
    pull,
    own,
    served,
    servedCard: served ? cardOf(data, served) : null,
    scanIsNew: patches?.isNew ?? false,
    ...(own && (wanted.archive || wanted.modules) ? { proposals: await proposalsOf(wanted, own, home, reading) } : {}),
    takenIds: own ? [] : await ledger.takenIds(repo, now.slice(0, 10)),
    slots: await ledger.slots(repo),
    record,
    ...(await aroundPull(pull, record, repo, ledger)),
    ...(await previewOf(pull, head ? configCheck(head) : null, data.ownerHome, repo, ledger)),
    ...(await groupFacts(home, trigger, record, whole)),
    ...(await leftFacts(home, trigger, record, pull, ledger)),
    permission: asker === null ? null : await permissionOf(home, asker, repo, reading),
    doneLines: trigger.kind === 'command' ? await ledger.doneLines(repo, trigger.command.commentId) : [],
    ...(await notebookFacts(own, asker !== null, ledger)),
  };
  Object.assign(facts, await groundFacts(facts.repo, pull, ledger));
  const prefix = config.labels.sessionPrefix.toLowerCase();
  const labelled = facts.subject.labels.some((label) => label.toLowerCase().startsWith(prefix));
  const prompts = trigger.kind === 'command' && asksPrompt(trigger.command.body);
  const around = { repo, number, own, served, mayBegin: labelled || asker !== null, prompts };
  Object.assign(facts, await aroundFacts(around, ledger));
  if (seeksIssue(own)) facts.subject.made = madeIssues(data);
  Object.assign(facts, await planFacts(trigger, facts.subject, plan, reading));
  Object.assign(facts, await recoveryFacts(trigger, facts, reading));
  return facts;
}

/** Whether an issue that we do not know may concern us; costs no call. Pull requests are all gated. */
function concerns(changes: readonly ChangeInput[], labels: { sessionPrefix: string; incident: string }): boolean {
  const prefix = labels.sessionPrefix.toLowerCase();
  return changes.some((change) => {
    const touched = change.labelMove ? [...change.labels, change.labelMove.label] : change.labels;
    const ours = touched.some(
      (label) => label.toLowerCase().startsWith(prefix) || label.toLowerCase() === labels.incident.toLowerCase(),
    );
    return change.isPull || ours || change.event.startsWith('playcaller.');
  });
}

/** The newest comments show what a crash kept us from remembering; an established pull request needs none. */
function needsThread(trigger: SubjectTrigger, own: SessionLedger | null, record: PullRecord | null): boolean {
  return trigger.kind === 'command' || own !== null || record === null;
}

function patchesOf(thing: PullAnswer, reading: Reading, repo: RepoName, trigger: SubjectTrigger) {
  const { number, headRefOid, baseRefName, changedFiles } = thing;
  return readPatches(reading, repo, {
    number,
    headSha: headRefOid,
    baseRef: baseRefName,
    changedFiles,
    open: thing.state === 'OPEN',
    again: trigger.kind === 'subject' && trigger.changes.some(({ button }) => button === 'recheck'),
  });
}

async function subjectFacts(
  data: SubjectQuery,
  home: Answer,
  own: SessionLedger | null,
  reading: Reading,
  repo: RepoName,
  pull: LaneFacts['pull'],
): Promise<SubjectFacts> {
  const thing = home.issueOrPullRequest;
  const remembered = present(data.known).flatMap((node) => (node.__typename === 'IssueComment' ? [commentFact(node)] : []));
  const thread = present(thing?.comments?.nodes).map(commentFact);
  const comments = [...new Map([...thread, ...remembered].map((comment) => [comment.id, comment])).values()];
  const ref = home.ref?.target ? { id: home.ref.id, sha: home.ref.target.oid } : null;
  if (thing?.__typename === 'Issue') {
    const pulls = await servingPulls(data, home, own, reading, repo);
    const family = await familyOf(thing, reading.ledger, repo);
    return { ...issueFacts(thing), ...family, madeByCommand: keysIn(present(thing.asked?.nodes)), comments, pulls, branch: ref };
  }
  if (!pull) throw new Error('a subject is an issue or a pull request');
  return {
    id: pull.id,
    number: pull.number,
    onPull: true,
    title: pull.title,
    body: pull.body,
    url: pull.url,
    author: pull.author,
    state: pull.state === 'open' ? 'open' : 'closed',
    closeReason: null,
    locked: pull.locked,
    labels: pull.labels,
    comments,
    pulls: [pull],
    branch: null,
  };
}

function cardOf(data: SubjectQuery, served: SessionLedger) {
  const node = present(data.known).find((candidate) => 'id' in candidate && candidate.id === served.artefacts.card);
  return node?.__typename === 'IssueComment' ? commentFact(node) : null;
}

export function ownerAndName(repo: RepoName): { owner: string; name: string } {
  return splitRepo(repo);
}
