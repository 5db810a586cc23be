/** What the ledger knows of an issue or pull request, before GitHub is asked, and what GitHub is therefore asked. */
import { CONFIG_CHECK, READINESS_CHECK } from '../model/check-names.ts';
import type { SessionLedger } from '../model/facts.ts';
import { splitRepo } from '../model/repo.ts';
import type { PullRecord } from '../model/session.ts';
import type { ChangeInput, Trigger } from '../model/trigger.ts';
import type { Ledger } from '../store/ledger-types.ts';
import { askedType } from './asked-type.ts';
import type { SubjectQueryVariables } from './generated/graphql.ts';
import { labelVariables, lastKnown } from './home.ts';
import { leftVariables } from './left-commit.ts';
import { groupVariables } from './merge-group.ts';
import { seeksIssue } from './notebook.ts';
import { commentIds, proposalVariables, wantedProposals } from './proposals.ts';

export type SubjectTrigger = Extract<Trigger, { kind: 'subject' | 'command' }>;
export type Remembered = Awaited<ReturnType<typeof remember>>;

/** `nodes(ids:)` takes 100; card, playbook and record come first. */
const MAX_KNOWN = 100;

/** Reads the ledger only: what is not concerned costs no call. */
export async function remember(trigger: SubjectTrigger, ledger: Ledger) {
  const { repo, number } = trigger;
  const own = await ledger.session(repo, number);
  const record = await ledger.pull(repo, number);
  const { stored, config, registry } = await lastKnown(ledger, repo);
  const plan = await ledger.plan(repo, number);
  const ours = own !== null || record !== null || plan !== null;
  const concerned = trigger.kind === 'command' || ours || concerns(trigger.changes, config.labels);
  const servedBefore = record?.session && record.session !== number ? await ledger.session(repo, record.session) : null;
  return {
    concerned,
    own,
    record,
    plan,
    planComment: plan === null ? null : await ledger.artefact(repo, number, 'plan'),
    servedBefore,
    config,
    stored,
    /** Who gave the command; null for any other event. */
    asker: trigger.kind === 'command' ? trigger.command.author : null,
    wanted: wantedProposals(own, config, registry, trigger),
  };
}

export function subjectVariables(trigger: SubjectTrigger, known: Remembered, appId: number): SubjectQueryVariables {
  const { own, record, servedBefore, config, asker, wanted } = known;
  const { repo, number } = trigger;
  const asks = trigger.kind === 'command' ? askedType(trigger.command.body) : '';
  const branch = own && !own.session.onPull ? own.session.branch : null;
  return {
    ...splitRepo(repo),
    number,
    appId,
    checkName: READINESS_CHECK,
    configName: CONFIG_CHECK,
    known: knownNodes(known),
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
}

/** Ids of our comments and of the session's pull requests. */
function knownNodes({ own, planComment, servedBefore }: Remembered): string[] {
  const pulls = (own?.pulls ?? []).map((pull) => pull.id);
  const ids = [...commentIds(own), planComment ?? undefined, servedBefore?.artefacts.card, ...pulls];
  return ids.filter((id) => id !== undefined).slice(0, MAX_KNOWN);
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
