/** The repository itself: its settings, labels, and the configuration in force. */
import { CONFIG_PATH, PLAYBOOKS_FOLDER, resolveConfiguration } from '../config/resolve-configuration.ts';
import type { Config } from '../model/config.ts';
import type { LabelFact, RepoFacts } from '../model/facts.ts';
import type { RepoName } from '../model/repo.ts';
import type { Ledger, StoredConfig } from '../store/types.ts';
import type { ConfigurationFragment, HomeFragment } from './generated/graphql.ts';

/** The configuration as of the last look: it names the labels to ask for. */
export async function lastKnown(ledger: Ledger, repo: RepoName): Promise<{ stored: StoredConfig | null; config: Config }> {
  const stored = await ledger.config(repo);
  const { config } = resolveConfiguration({ repository: stored?.files ?? {}, owner: {}, lastGood: null });
  return { stored, config };
}

export function labelVariables(config: Config) {
  const { state, tracker } = config.labels;
  return {
    plannedLabel: state.planned,
    activeLabel: state.active,
    completedLabel: state.completed,
    abandonedLabel: state.abandoned,
    trackerLabel: tracker,
  };
}

/** @param extra labels beside those of every repository */
export function repoFacts(
  home: HomeFragment,
  ownerHome: ConfigurationFragment | null,
  stored: StoredConfig | null,
  repo: RepoName,
  installationId: number,
  extra: (LabelFact | null)[],
): RepoFacts {
  const resolved = resolveConfiguration({
    repository: filesOf(home),
    owner: ownerHome && !repo.endsWith('/.github') ? filesOf(ownerHome) : {},
    lastGood: stored?.files ?? null,
  });
  const labels = [home.planned, home.active, home.completed, home.abandoned, home.tracker, ...extra].filter(
    (label) => label !== null,
  );
  const head = home.defaultBranchRef;
  const known =
    stored !== null &&
    stored.installationId === installationId &&
    JSON.stringify(stored.files) === JSON.stringify(resolved.files);
  return {
    name: repo,
    id: home.id,
    url: home.url,
    defaultBranch: head?.target ? { name: head.name, sha: head.target.oid } : null,
    hasIssues: home.hasIssuesEnabled,
    squashTitle: home.squashMergeAllowed
      ? home.squashMergeCommitTitle === 'PR_TITLE'
        ? 'PR_TITLE'
        : 'COMMIT_OR_PR_TITLE'
      : null,
    labels,
    config: resolved.config,
    configSource: resolved.source,
    faults: resolved.faults,
    playbooks: resolved.playbooks,
    filesToKeep: known ? null : resolved.files,
  };
}

function filesOf(home: Pick<ConfigurationFragment, 'file' | 'playbooks'>): Record<string, string> {
  const files: Record<string, string> = {};
  const text = home.file && 'text' in home.file ? home.file.text : null;
  if (typeof text === 'string') files[CONFIG_PATH] = text;
  const entries = home.playbooks && 'entries' in home.playbooks ? (home.playbooks.entries ?? []) : [];
  for (const entry of entries) {
    const body = entry.object && 'text' in entry.object ? entry.object.text : null;
    if (typeof body === 'string') files[PLAYBOOKS_FOLDER + entry.name] = body;
  }
  return files;
}
