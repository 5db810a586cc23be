/** The check run of a configuration that a pull request proposes: sound or not, and whose verdict would change (G4). */
import { CONFIG_CHECK } from '../../model/check-names.ts';
import { CONFIG_PATH } from '../../model/configuration-files.ts';
import type { CheckOutput, GitHubEffect } from '../../model/effect.ts';
import type { RepoFacts } from '../../model/facts.ts';
import type { Judged, LaneFacts, Preview } from '../../model/lane-facts.ts';
import type { PullFacts } from '../../model/pull-facts.ts';
import type { ChangeInput } from '../../model/trigger.ts';
import type { Verdict } from '../../model/verdict.ts';
import {
  type ChangedItem,
  type ChangedVerdict,
  type PreviewView,
  previewDigest,
  previewOutput,
} from '../../render/gate/preview.ts';
import { verdictOf } from '../gate/verdict.ts';
import { playbookOf } from '../session/view.ts';
import { isAskedAgain } from './check.ts';

/**
 * Nothing of it depends on which pull request asks, as far as their facts are the same: several on one commit share the
 * check run and agree on it.
 * @param changes what was heard since the last look
 */
export function configEffects(facts: LaneFacts, changes: readonly ChangeInput[]): GitHubEffect[] {
  const { preview, pull, repo } = facts;
  if (!preview || pull?.state !== 'open') return [];
  const output = outputOf(viewOf(facts, preview, pull), pull.headSha);
  const own = preview.ownCheck;
  if (own === null) return [{ kind: 'check.create', repoId: repo.id, output, first: true }];
  if (isAskedAgain(own, pull.headSha, changes)) return [{ kind: 'check.create', repoId: repo.id, output }];
  if (own.externalId === output.externalId && own.status === 'completed' && own.conclusion === output.conclusion) return [];
  return [{ kind: 'check.update', repoId: repo.id, checkId: own.id, output }];
}

function outputOf(view: PreviewView, headSha: string): CheckOutput {
  return {
    name: CONFIG_CHECK,
    headSha,
    status: 'completed',
    conclusion: view.faults.length > 0 ? 'failure' : 'success',
    externalId: `config ${previewDigest(view)}`,
    ...previewOutput(view),
    detailsUrl: null,
    actions: [],
  };
}

function viewOf(facts: LaneFacts, preview: Preview, pull: PullFacts): PreviewView {
  const { faults, source, total, ownCheck: _own, ...proposed } = preview;
  const gone = pull.files.some(({ path, previousPath, change }) =>
    change === 'removed' ? path === CONFIG_PATH : change === 'renamed' && previousPath === CONFIG_PATH,
  );
  const view = { faults, source, gone: gone && source !== 'repository', changed: [], otherItems: 0, judged: 0, leftOut: 0 };
  if (faults.length > 0) return view;
  const own: Judged = { pull, session: facts.own ?? facts.served };
  const all = [own, ...proposed.pulls].sort((a, b) => b.pull.number - a.pull.number);
  const counts = { judged: all.length, leftOut: Math.max(0, total - all.length) };
  const { repo } = facts;
  const same = JSON.stringify([repo.config, repo.playbooks]) === JSON.stringify([proposed.config, proposed.playbooks]);
  if (same) return { ...view, ...counts };
  const next: RepoFacts = { ...repo, config: proposed.config, configSource: source, playbooks: proposed.playbooks, faults: [] };
  const differences = all.map((one) => difference(one, repo, next, facts.now)).filter((one) => one.items.length > 0);
  const changed = differences.filter(({ before, after }) => before !== after);
  return { ...view, ...counts, changed, otherItems: differences.length - changed.length };
}

function difference({ pull, session }: Judged, now: RepoFacts, next: RepoFacts, at: string): ChangedVerdict {
  const judge = (repo: RepoFacts) =>
    verdictOf({ pull, repo, session, playbook: session ? playbookOf(session.session, repo) : null, now: at });
  const [before, after] = [judge(now), judge(next)];
  const { number, title, url } = pull;
  return { number, title, url, before: before.state, after: after.state, items: changedItems(before, after) };
}

/** Those whose weight or outcome differs, in the order of the table; what came in last. */
function changedItems(before: Verdict, after: Verdict): ChangedItem[] {
  const old = new Map(before.items.map((item) => [item.id, item]));
  const fresh = new Map(after.items.map((item) => [item.id, item]));
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((id): ChangedItem[] => {
    const [was, will] = [old.get(id) ?? null, fresh.get(id) ?? null];
    if (was && will && was.status === will.status && was.level === will.level) return [];
    return [{ title: (will ?? was)?.title ?? id, before: was, after: will }];
  });
}
