/** The configuration that a pull request proposes: its files as the head commit holds them (G4). */
import { PATTERNS_FOLDER } from '../config/load-patterns.ts';
import { PERSONAS_FOLDER } from '../config/load-personas.ts';
import { MODULES_PATH, PLAYBOOKS_FOLDER } from '../config/resolve-configuration.ts';
import { CONFIG_PATH } from '../model/configuration-files.ts';
import { type RepoName, splitRepo } from '../model/repo.ts';
import {
  ProposedDocument,
  type ProposedFolderFragment,
  type ProposedQuery,
  type ProposedTextFragment,
} from './generated/graphql.ts';
import { dataOf, type Reading } from './reading.ts';

/** What no file of text can hold: it is read as a fault of the file. */
const UNREADABLE = '\0';

type Blob = ProposedTextFragment | object | null;

/** Texts by path. A fork's head is found in the repository that it was proposed to, even when the fork is gone. */
export async function readProposed(reading: Reading, repo: RepoName, headSha: string): Promise<Record<string, string>> {
  const at = (path: string) => `${headSha}:${path.replace(/\/$/, '')}`;
  const variables = {
    ...splitRepo(repo),
    config: at(CONFIG_PATH),
    modules: at(MODULES_PATH),
    playbooks: at(PLAYBOOKS_FOLDER),
    personas: at(PERSONAS_FOLDER),
    patterns: at(PATTERNS_FOLDER),
  };
  const answer = await reading.client.graphql<ProposedQuery>('Proposed', ProposedDocument, variables);
  const { repository } = dataOf(answer, []);
  if (!repository) return {};
  return {
    ...fileOf(CONFIG_PATH, repository.file),
    ...fileOf(MODULES_PATH, repository.modules),
    ...filesBelow(PLAYBOOKS_FOLDER, repository.playbooks),
    ...filesBelow(PERSONAS_FOLDER, repository.personas),
    ...filesBelow(PATTERNS_FOLDER, repository.patterns),
  };
}

function fileOf(path: string, blob: Blob): Record<string, string> {
  if (blob === null || !('text' in blob)) return {};
  return { [path]: blob.text ?? UNREADABLE };
}

function filesBelow(folder: string, tree: ProposedFolderFragment | object | null): Record<string, string> {
  const entries = tree !== null && 'entries' in tree ? (tree.entries ?? []) : [];
  return Object.assign({}, ...entries.map(({ name, object }) => fileOf(folder + name, object)));
}
