/** All that is to be seen on GitHub at the end, freed of what time and chance name: ids, hashes, the order of replies. */
import { z } from 'zod';
import type { CheckRun } from '../../src/sandbox/state/checks.ts';
import type { Comment } from '../../src/sandbox/state/issues.ts';
import type { Repository } from '../../src/sandbox/state/repository.ts';
import type { Stage } from './stage.ts';

export type Outcome = Record<string, string[]>;

const BOT = 'playcaller[bot]';

/** @param lastDay the day of the last sweep, `2026-03-02` */
export function outcomeOf({ world, url }: Pick<Stage, 'world' | 'url'>, lastDay: string): Outcome {
  const outcome: Outcome = {};
  for (const repo of world.repositories.values()) {
    const plain = plainly(repo, url);
    for (const issue of repo.issues.values()) {
      const key = `#${issue.number}`;
      const labels = issue.labels.map((id) => repo.labels.get(id)?.name ?? `label ${id}`).sort();
      outcome[key] = [
        issue.title,
        `${issue.state} ${issue.stateReason ?? ''}`,
        ...labels,
        ...plain(issue.body ?? '').split('\n'),
      ];
      const { pull } = issue;
      if (pull)
        outcome[`${key} pull`] = [plain(pull.headSha), pull.draft ? 'draft' : 'ready', pull.merged ? 'merged' : 'not merged'];
    }
    const comments = [...repo.comments.values()].map((comment) => ({ comment, text: textOf(comment, plain) }));
    const inOrder = comments.sort((one, other) => (one.text < other.text ? -1 : 1));
    for (const { comment, text } of inOrder) {
      const name = `#${comment.issueNumber} ${/<!-- playcaller:[^>]*?-->/.exec(text)?.[0] ?? `comment of ${comment.user}`}`;
      const count = Object.keys(outcome).filter((key) => key.startsWith(name)).length;
      outcome[count === 0 ? name : `${name} (${count + 1})`] = /<!-- playcaller:sweep /.test(text)
        ? sweepOf(text, lastDay)
        : text.split('\n');
    }
    for (const [name, sha] of repo.refs) outcome[name] = [name.startsWith('refs/heads/session/') ? 'a branch' : plain(sha)];
    Object.assign(outcome, checksOf(repo, plain));
    outcome.labels = [...repo.labels.values()].map(({ name }) => name).sort();
  }
  return outcome;
}

/** The newest run of each name on each head; heads that are no longer ones may have been passed by. */
function checksOf(repo: Repository, plain: (text: string) => string): Outcome {
  const outcome: Outcome = {};
  const heads = new Set([...repo.issues.values()].map(({ pull }) => pull?.headSha));
  const last = new Map<string, CheckRun>();
  for (const run of [...repo.checkRuns.values()].sort((one, other) => one.id - other.id)) {
    const name = `${run.name} on ${plain(run.headSha)}`;
    const { externalId, status, conclusion } = last.get(name) ?? {};
    const isSame =
      run.externalId !== '' && run.externalId === externalId && run.status === status && run.conclusion === conclusion;
    if (isSame) outcome[`${name}, the same twice`] = [run.title ?? ''];
    last.set(name, run);
    if (!heads.has(run.headSha)) continue;
    const annotations = run.annotations.map(({ path, startLine, message }) => `${path}:${startLine} ${message}`);
    const said = plain([run.title, run.summary, run.text].join('\n')).split('\n');
    outcome[name] = [run.status, run.conclusion ?? '', ...said, ...annotations.sort()];
  }
  return outcome;
}

function textOf(comment: Comment, plain: (text: string) => string): string {
  const reactions = comment.reactions.filter(({ user }) => user === BOT).map(({ content }) => content);
  return [comment.user, ...reactions.sort(), plain(comment.body)].join('\n');
}

/** Names commits by their message, comments by whom they are of, and leaves ids of check runs out. */
function plainly(repo: Repository, url: string): (text: string) => string {
  const names = new Map<string, string>();
  for (const object of repo.objects.values()) {
    if (object.type !== 'commit') continue;
    const name = `<${object.message.split('\n')[0]}>`;
    names.set(object.sha, name);
    names.set(object.sha.slice(0, 7), name);
  }
  return (text) =>
    text
      .replaceAll(url, 'https://github.com')
      .replace(/<!-- playcaller:state (.*?) -->/g, (_, state: string) => stateOf(state))
      .replace(WORKLOG, (_, before: string, lines: string) => before + lines.trim().split('\n').map(withoutWho).sort().join('\n'))
      // Reckoned from what the sweeps saw move, and when: a move whose delivery was lost is seen an evening later.
      .replace(/^\*\*Cold:\*\* .*?(?= · |$)/gm, '')
      .replaceAll(' · 🐌 stalled', '')
      .replace(/^\| Stalled \| .*\n/gm, '')
      .replace(/(\d{4}-\d\d-\d\d)T[\d:.]+Z/g, '$1')
      .replace(/\b[0-9a-f]{40}\b|\b[0-9a-f]{7}\b/g, (sha) => names.get(sha) ?? sha)
      .replace(/\b(PR|IC|I)_kw[\w-]+/g, '$1_N')
      .replace(/(reply (?:label-back|refused)):\d+/g, '$1')
      .replace(/issuecomment-\d+/g, 'issuecomment-N')
      .replace(/\/(runs|checks)\/\d+/g, '/$1/N');
}

const WORKLOG = /(<summary>Worklog<\/summary>\n\n)([^<]*)/g;

/** A delivery that was lost took with it who it was, and with that whether somebody moved the session. */
function withoutWho(line: string): string {
  return line.replace(/ · [^:]*:/, '');
}

const State = z.looseObject({
  log: z.array(z.looseObject({ text: z.string() })),
  moves: z.array(z.looseObject({ to: z.string() })),
  session: z.looseObject({}),
});

/** What the card remembers, without how often it was written and by whom. */
function stateOf(text: string): string {
  const { log, moves, session, ...rest } = State.parse(JSON.parse(text));
  const { version, ...lasting } = session;
  return JSON.stringify(
    { ...rest, session: lasting, log: log.map((entry) => entry.text).sort(), moves: moves.map(({ to }) => to) },
    null,
    1,
  );
}

/**
 * A sweep tells how it stood that evening, and what moved since when: what was lost by then is told by the next one. So of
 * the last one its counts and its order of sessions are compared, of the others that they are there.
 */
function sweepOf(text: string, lastDay: string): string[] {
  if (!text.includes(`<!-- playcaller:sweep ${lastDay} -->`)) return ['an older sweep'];
  return text.split('\n').flatMap((line) => /^(\d+ active · \d+ planned|\| \d+ \|.*)/.exec(line)?.[0] ?? []);
}

/** The first difference of each part; empty when there is none. */
export function differences(calm: Outcome, rough: Outcome): string[] {
  const keys = [...new Set([...Object.keys(calm), ...Object.keys(rough)])];
  return keys.flatMap((key) => {
    const [wanted, seen] = [calm[key], rough[key]];
    if (!wanted) return [`${key}: only with faults: ${seen?.slice(0, 6).join(' ⏎ ')}`];
    if (!seen) return [`${key}: missing with faults: ${wanted.slice(0, 6).join(' ⏎ ')}`];
    const at = Array.from({ length: Math.max(wanted.length, seen.length) }, (_, line) => line).filter(
      (line) => wanted[line] !== seen[line],
    );
    return at.length === 0
      ? []
      : [
          `${key}:\n${at
            .slice(0, 4)
            .map((line) => `    calm:  ${wanted[line]}\n    rough: ${seen[line]}`)
            .join('\n')}`,
        ];
  });
}
