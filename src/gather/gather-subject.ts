/** Facts for the lane of an issue or pull request: the ledger first, then one GraphQL query. */
import type { Facts, LaneFacts } from '../model/lane-facts.ts';
import { LOCKFILES } from '../model/manifests.ts';
import { aroundPull, formerSiblings } from './around-pull.ts';
import { asksPrompt } from './asked-type.ts';
import { checkNotBehind } from './behind.ts';
import { commitlintOf, rootNames } from './commitlint.ts';
import { type CommitStateFragment, SubjectDocument, type SubjectQuery } from './generated/graphql.ts';
import { groundFacts } from './ground.ts';
import { repoFacts } from './home.ts';
import { leftFacts } from './left-commit.ts';
import { type EarlyFiles, listEarly } from './list-files.ts';
import { configCheck } from './map-checks.ts';
import { type PullAnswer, pullFacts } from './map-pull.ts';
import { present } from './map-subject.ts';
import { groupFacts } from './merge-group.ts';
import { wholeCommit } from './more-checks.ts';
import { madeIssues, notebookFacts, seeksIssue } from './notebook.ts';
import { aroundFacts } from './others.ts';
import { permissionOf } from './permission.ts';
import { recoveryFacts } from './plan/around-recovery.ts';
import { planFacts } from './plan/plan-facts.ts';
import { previewOf } from './preview.ts';
import { proposalsOf } from './proposals.ts';
import { pulseOf } from './pulse.ts';
import { readPatches } from './read-patches.ts';
import { dataOf, type Reading } from './reading.ts';
import { remember, type SubjectTrigger, subjectVariables } from './remember-subject.ts';
import { servedSession } from './served.ts';
import { cardOf, subjectFacts } from './subject-facts.ts';

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

export async function gatherSubject(trigger: SubjectTrigger, reading: Reading): Promise<Facts> {
  const { repo, number, now } = trigger;
  const { ledger } = reading;
  const known = await remember(trigger, ledger);
  if (!known.concerned) return { kind: 'irrelevant' };
  const { own, record, plan, config, stored, wanted, asker } = known;
  const early = await listEarly(trigger, reading);
  const answer = await reading.client.graphql<SubjectQuery>('Subject', SubjectDocument, {
    ...subjectVariables(trigger, known, reading.appId),
  });
  const data = dataOf(answer, MAY_MISS, MAY_BE_GONE);
  const home = data.repository;
  // GitHub follows a repository to its new name.
  if (home && home.nameWithOwner !== repo) return { kind: 'moved', to: home.nameWithOwner };
  const thing = home?.issueOrPullRequest;
  // A transferred issue may still answer to its old number.
  const elsewhere = thing && !thing.url.startsWith(`${home.url}/`);
  if (home) checkNotBehind(trigger, thing?.updatedAt ?? null);
  if (!home || !thing || elsewhere) {
    const serving = (own?.pulls ?? []).flatMap((pull) => (pull.state === 'open' && pull.number !== number ? [pull.number] : []));
    return { kind: 'gone', now, own: own?.session ?? null, record, siblings: await formerSiblings(record, ledger), serving };
  }
  const isPull = thing.__typename === 'PullRequest';
  const patches = isPull ? await patchesOf(thing, reading, trigger, early) : null;
  const head = isPull ? present(thing.headCommit.nodes)[0]?.commit : null;
  const whole = (commit: CommitStateFragment) => wholeCommit(commit, number, repo, reading);
  const checked = head ? await whole(head) : null;
  const pull =
    isPull && patches ? { ...pullFacts(thing, patches.scan, repo, checked), pulse: pulseOf(thing, reading.appId) } : null;
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

function patchesOf(thing: PullAnswer, reading: Reading, trigger: SubjectTrigger, early: EarlyFiles | null) {
  const { number, headRefOid, baseRefName, changedFiles } = thing;
  const again = trigger.kind === 'subject' && trigger.changes.some(({ button }) => button === 'recheck');
  const pull = { number, headSha: headRefOid, baseRef: baseRefName, changedFiles, open: thing.state === 'OPEN', again };
  return readPatches(reading, trigger.repo, pull, early);
}
