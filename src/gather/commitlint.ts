/** commitlint's configuration as the default branch holds it: read where it is data, only named where it is code. */
import { loadCommitlint } from '../config/load-commitlint.ts';
import type { RepoFacts } from '../model/facts.ts';
import { COMMITLINT_CODE } from '../model/ground.ts';
import type { SubjectQuery } from './generated/graphql.ts';

type Answer = NonNullable<SubjectQuery['repository']>;
type Blob = Answer['packageJson'];

/** In the order in which commitlint looks; of package.json the text is the value of its key. */
export function commitlintOf(home: Answer): Pick<RepoFacts, 'commitlint'> {
  const key = keyOf(textOf(home.packageJson));
  const data: [string, string | null][] = [
    ['package.json', key],
    ['.commitlintrc', textOf(home.commitlintrc)],
    ['.commitlintrc.json', textOf(home.commitlintJson)],
    ['.commitlintrc.yaml', textOf(home.commitlintYaml)],
    ['.commitlintrc.yml', textOf(home.commitlintYml)],
  ];
  const [path, text] = data.find(([, found]) => found !== null) ?? [];
  if (path !== undefined && typeof text === 'string') return { commitlint: loadCommitlint(path, text) };
  const code = rootNames(home)
    .filter((name) => COMMITLINT_CODE.test(name))
    .sort()[0];
  return code === undefined ? {} : { commitlint: loadCommitlint(code, null) };
}

/** A dependency or script of that name is no configuration. */
function keyOf(manifest: string | null): string | null {
  if (!manifest?.includes('"commitlint"')) return null;
  try {
    const value: unknown = JSON.parse(manifest);
    const own = typeof value === 'object' && value !== null && 'commitlint' in value ? value.commitlint : undefined;
    return own === undefined ? null : JSON.stringify(own);
  } catch {
    // npm will say so; it is not ours to judge.
    return null;
  }
}

/** Files and folders at the root of the default branch. */
export function rootNames({ rootFiles }: Answer): string[] {
  return rootFiles && 'entries' in rootFiles ? (rootFiles.entries ?? []).map(({ name }) => name) : [];
}

function textOf(blob: Blob): string | null {
  return blob && 'text' in blob ? blob.text : null;
}
