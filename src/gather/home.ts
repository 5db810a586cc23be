/** The repository itself: its settings, labels, and the configuration in force. */

import { PATTERNS_FOLDER } from '../config/load-patterns.ts';
import { PERSONAS_FOLDER } from '../config/load-personas.ts';
import { MODULES_PATH, PLAYBOOKS_FOLDER, resolveConfiguration, splitKept } from '../config/resolve-configuration.ts';
import type { Config } from '../model/config.ts';
import { CONFIG_PATH } from '../model/configuration-files.ts';
import type { LabelFact, RepoFacts } from '../model/facts.ts';
import type { Registry } from '../model/module.ts';
import type { RepoName } from '../model/repo.ts';
import type { Ledger, StoredConfig } from '../store/ledger-types.ts';
import type { ConfigurationFragment, HomeFragment } from './generated/graphql.ts';

interface LastKnown {
  stored: StoredConfig | null;
  config: Config;
  registry: Registry | null;
  /** Of the playbooks. */
  types: string[];
}

/** The configuration as of the last look: it names the labels to ask for. */
export async function lastKnown(ledger: Ledger, repo: RepoName): Promise<LastKnown> {
  const stored = await ledger.config(repo);
  const { config, registry, playbooks } = resolveConfiguration({ ...splitKept(stored?.files ?? {}), lastGood: null });
  return { stored, config, registry, types: playbooks.map(({ type }) => type) };
}

export function labelVariables(config: Config) {
  const { state, tracker, blocked } = config.labels;
  return {
    plannedLabel: state.planned,
    activeLabel: state.active,
    completedLabel: state.completed,
    abandonedLabel: state.abandoned,
    trackerLabel: tracker,
    blockedLabel: blocked,
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
    repository: { ...filesOf(home), ...modulesOf(home) },
    owner: ownerFiles(ownerHome, repo),
    lastGood: stored?.files ?? null,
  });
  const labels = [home.planned, home.active, home.completed, home.abandoned, home.tracker, home.blocked, ...extra].filter(
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
    personas: resolved.personas,
    patterns: resolved.patterns,
    registry: resolved.registry,
    filesToKeep: known ? null : resolved.files,
  };
}

/** Texts of the owner's `.github` repository; that repository itself has no other above it. */
export function ownerFiles(ownerHome: ConfigurationFragment | null, repo: RepoName): Record<string, string> {
  return ownerHome && !repo.endsWith('/.github') ? filesOf(ownerHome) : {};
}

function modulesOf({ modules }: HomeFragment): Record<string, string> {
  const text = modules && 'text' in modules ? modules.text : null;
  return typeof text === 'string' ? { [MODULES_PATH]: text } : {};
}

function filesOf(home: Pick<ConfigurationFragment, 'file' | 'playbooks' | 'personas' | 'patterns'>): Record<string, string> {
  const files: Record<string, string> = {};
  const text = home.file && 'text' in home.file ? home.file.text : null;
  if (typeof text === 'string') files[CONFIG_PATH] = text;
  Object.assign(
    files,
    textsBelow(PLAYBOOKS_FOLDER, home.playbooks),
    textsBelow(PERSONAS_FOLDER, home.personas),
    textsBelow(PATTERNS_FOLDER, home.patterns),
  );
  return files;
}

/** Texts of a folder's files by path; what is no text file there is left out. */
function textsBelow(folder: string, tree: ConfigurationFragment['playbooks']): Record<string, string> {
  const entries = tree && 'entries' in tree ? (tree.entries ?? []) : [];
  const texts = entries.map(({ name, object }) => [folder + name, object && 'text' in object ? object.text : null] as const);
  return Object.fromEntries(texts.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}
