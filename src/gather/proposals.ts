/** What a completed session still has to propose by pull request: its archive (L12), its module's status (P5). */
import { withStatus } from '../config/edit-modules.ts';
import { Gone, Refused } from '../github/errors.ts';
import type { Config } from '../model/config.ts';
import type { SessionLedger } from '../model/facts.ts';
import type { Proposals, Proposed } from '../model/lane-facts.ts';
import type { Registry } from '../model/module.ts';
import { archiveBranch, COMPLETED, modulesBranch } from '../model/own-branches.ts';
import { splitRepo } from '../model/repo.ts';
import type { Trigger } from '../model/trigger.ts';
import type { ProposedBranchFragment, SubjectQuery } from './generated/graphql.ts';
import { present } from './map-subject.ts';
import type { Reading } from './reading.ts';

/** Longer patches are cut: 1 MB, in characters. */
const PATCH_MAX = 1_000_000;
/** Their ids are pull requests of our own, not comments of the session. */
const OWN_PULLS = ['archive', 'modules'];

export interface Wanted {
  archive: string | null;
  modules: { branch: string; module: string; text: string } | null;
}

/** Costs nothing: the ledger knows what was proposed already. */
export function wantedProposals(own: SessionLedger | null, config: Config, registry: Registry | null, trigger: Trigger): Wanted {
  if (own?.session.state !== 'completed') return { archive: null, modules: null };
  const { session, artefacts } = own;
  const { module } = session.records;
  const text = module && registry && !artefacts.modules ? withStatus(registry, module, 'present') : null;
  return {
    // Sessions that were completed before a path was set are left in peace.
    archive: config.archive.path !== null && justCompleted(trigger) && !artefacts.archive ? archiveBranch(session.id) : null,
    modules: module && text !== null ? { branch: modulesBranch(session.id), module, text } : null,
  };
}

/** Ids of the comments that were made for the session. */
export function commentIds(own: SessionLedger | null): string[] {
  return Object.entries(own?.artefacts ?? {}).flatMap(([role, id]) => (OWN_PULLS.includes(role) ? [] : [id]));
}

export function proposalVariables({ archive, modules }: Wanted) {
  const ref = (branch: string) => `refs/heads/${branch}`;
  return {
    archiveBranch: archive ?? '',
    archiveRef: ref(archive ?? ''),
    archives: archive !== null,
    modulesBranch: modules?.branch ?? '',
    modulesRef: ref(modules?.branch ?? ''),
    setsModule: modules !== null,
  };
}

export async function proposalsOf(
  { archive, modules }: Wanted,
  own: SessionLedger,
  home: NonNullable<SubjectQuery['repository']>,
  reading: Reading,
): Promise<Proposals> {
  const proposals: Proposals = {};
  if (archive !== null) {
    const proposed = proposedOf(home.archiveRef ?? null, home.archivePulls?.nodes);
    const written = proposed.pull !== null;
    const text = written ? null : await patchOf(own, reading);
    const { repo, number, plannedAt } = own.session;
    const all = written ? [] : await reading.ledger.worklogSince(repo, plannedAt.slice(0, 10));
    proposals.archive = {
      ...proposed,
      patch: text?.slice(0, PATCH_MAX) ?? null,
      cut: text !== null && text.length > PATCH_MAX,
      worklog: all.filter((entry) => entry.number === number),
    };
  }
  if (modules !== null) {
    const { module, text } = modules;
    proposals.modules = { ...proposedOf(home.modulesRef ?? null, home.modulesPulls?.nodes), module, text };
  }
  return proposals;
}

function proposedOf(ref: ProposedBranchFragment | null, pulls: ({ id: string } | null)[] | null | undefined): Proposed {
  const target = ref?.target;
  const headline = target && 'messageHeadline' in target ? target.messageHeadline : '';
  return { branch: target ? { sha: target.oid, headline } : null, pull: present(pulls)[0]?.id ?? null };
}

/** Null when the session made no code, or GitHub does not give it: a diff can be too large, a pull request gone. */
async function patchOf({ session }: SessionLedger, reading: Reading): Promise<string | null> {
  const { evidence, repo } = session;
  if (evidence?.kind !== 'merged') return null;
  const { owner, name } = splitRepo(repo);
  const which = { owner, repo: name, pull_number: evidence.pull, mediaType: { format: 'patch' } };
  try {
    const answer = await reading.client.rest('GET /repos/{owner}/{repo}/pulls/{pull_number}', which);
    return typeof answer.data === 'string' ? answer.data : null;
  } catch (error) {
    if (error instanceof Gone || error instanceof Refused) return null;
    throw error;
  }
}

/** The session's own lane was woken to look at what it just completed. */
function justCompleted(trigger: Trigger): boolean {
  return trigger.kind === 'subject' && trigger.changes.some((change) => change.event === `playcaller.${COMPLETED}`);
}
