/** `/session sub <title>`: a sub-issue that comes in through the front door, with a session label (L10). */
import { closest, distance } from 'fastest-levenshtein';
import { digest } from '../../model/digest.ts';
import type { GitHubEffect } from '../../model/effect.ts';
import * as words from '../../render/commands/sub.ts';
import { labelLook } from '../../render/session/label-look.ts';
import { labelId } from '../session/labels.ts';
import { readOptions } from './options.ts';
import type { Asked, Command } from './types.ts';

/** GitHub takes 100 sub-issues below an issue (GitHub docs, "Adding sub-issues"). */
const MOST = 100;

interface Wanted {
  title: string;
  type: string;
  module: string | null;
  /** Found again in the sub-issue's body by a retry. */
  mark: string;
}

export const sub: Command = {
  verb: 'sub',
  usage: '/session sub <title> [type=<type>] [module=<id>]',
  does: 'makes a sub-issue with a session of its own; this session completes after it',
  permission: 'write',
  examples: ['/session sub Migrate the cart table', '/session sub Describe the new endpoint type=documentation'],
  run(asked) {
    const { facts, author, rest, key } = asked;
    const session = facts.own?.session;
    if (!session) return { kind: 'wrong', because: words.noSession(facts.served?.session.number ?? null) };
    if (session.onPull) return { kind: 'wrong', because: words.onPull() };
    if (session.state === 'completed' || session.state === 'abandoned')
      return { kind: 'wrong', because: words.ended(session.state) };
    const { text, options, twice, unknown } = readOptions(rest, { type: 'word', module: 'word' });
    const title = words.title(text);
    if (title === '') return { kind: 'wrong', because: words.noTitle() };
    if (twice.length > 0 || unknown.length > 0) return { kind: 'wrong', because: words.oddOptions() };
    const types = facts.repo.playbooks.map((playbook) => playbook.type);
    const type = (options.type ?? session.type).toLowerCase();
    if (!types.includes(type)) return { kind: 'wrong', because: words.noType(type, near(type, types), types) };
    const ids = facts.repo.registry?.modules.map((one) => one.id) ?? [];
    const module = options.module?.toLowerCase() ?? null;
    if (module !== null && !ids.includes(module)) return { kind: 'wrong', because: words.noModule(module) };
    if ((facts.subject.children?.total ?? 0) >= MOST) return { kind: 'wrong', because: words.full(MOST) };
    const mark = digest(key);
    const stands = facts.subject.madeByCommand?.includes(mark) ?? false;
    const github = stands ? [] : subIssue(asked, { title, type, module, mark });
    return { kind: 'ask', ask: { by: author }, log: words.asked(title, type), github };
  },
};

function near(type: string, types: readonly string[]): string | null {
  const candidate = closest(type, types);
  return distance(type, candidate) <= 3 ? candidate : null;
}

function subIssue({ facts, author }: Asked, wanted: Wanted): GitHubEffect[] {
  const { title, type, module, mark } = wanted;
  const { repo, subject } = facts;
  const name = repo.config.labels.sessionPrefix + type;
  const id = labelId(repo, name);
  const label: GitHubEffect[] = id === null ? [{ kind: 'label.create', repoId: repo.id, name, ...labelLook('type', type) }] : [];
  const body = words.body({ mark, parent: subject.number, author, module });
  const labels = [{ name, id }];
  return [...label, { kind: 'issue.create', repoId: repo.id, title, body, labels, remember: null, parentId: subject.id }];
}
