/** A stage for stories: the sandbox in this process, the real app as one of its own, and what to look at. */
import { Octokit } from 'octokit';
import { requireFree } from '../../src/cli/free-port.ts';
import { SHOP } from '../../src/sandbox/story/people.ts';
import { type Demo, startDemo } from '../../src/sandbox/story/start-demo.ts';
import { until } from '../../src/sandbox/story/until.ts';

export interface Stage extends Demo {
  carol: Octokit;
  dave: Octokit;
  mallory: Octokit;
  /** Nothing is on its way and nothing waits. */
  settled(): Promise<void>;
  /** Calls that the app made since the last `forget`. */
  calls(): Promise<{ what: string; status: number }[]>;
  forget(): Promise<void>;
  faults(fault: Record<string, unknown>): Promise<void>;
  mended(): Promise<void>;
}

const SETTLE_MS = 40_000;

export async function setStage(databaseUrl: string | null = null): Promise<Stage> {
  const demo = await startDemo({
    port: await requireFree(0, ''),
    appPort: await requireFree(0, ''),
    databaseUrl,
    pretendCi: false,
  });
  const person = (login: string) =>
    new Octokit({
      auth: `sandbox-${login}`,
      baseUrl: `${demo.url}/api/v3`,
      throttle: { enabled: false },
      retry: { enabled: false },
    });
  const control = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${demo.url}/_sandbox/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    ...demo,
    carol: person('carol'),
    dave: person('dave'),
    mallory: person('mallory'),
    async settled() {
      const { held } = await until(
        async () => {
          await control('GET', 'idle');
          const before = await demo.app.waiting();
          await control('GET', 'idle');
          return before + (await demo.app.waiting());
        },
        (depth) => depth === 0,
        SETTLE_MS,
      );
      if (!held) throw new Error(`the app still has work after ${SETTLE_MS} ms; its log: ${demo.app.settings.logFile}`);
    },
    async calls() {
      const answer = await control('GET', 'calls?actor=playcaller[bot]');
      const { calls }: { calls: { method: string; path: string; operation: string | null; status: number }[] } = JSON.parse(
        await answer.text(),
      );
      return calls.map(({ method, path, operation, status }) => ({ what: operation ?? `${method} ${path}`, status }));
    },
    forget: async () => void (await control('DELETE', 'calls')),
    faults: async (fault) => void (await control('POST', 'faults', fault)),
    mended: async () => void (await control('DELETE', 'faults')),
  };
}

/** A branch off main with one file, and a pull request from it. */
export async function openPull(
  as: Octokit,
  pull: { branch: string; path: string; content: string; title: string; body: string; draft?: boolean },
): Promise<number> {
  const main = await as.rest.git.getRef({ ...SHOP, ref: 'heads/main' });
  await as.rest.git.createRef({ ...SHOP, ref: `refs/heads/${pull.branch}`, sha: main.data.object.sha }).catch(() => undefined);
  await commit(as, pull.branch, pull.path, pull.content);
  const { title, body, draft = false } = pull;
  const made = await as.rest.pulls.create({ ...SHOP, head: pull.branch, base: 'main', title, body, draft });
  return made.data.number;
}

export async function commit(as: Octokit, branch: string, path: string, content: string): Promise<void> {
  const sha = await as.rest.repos
    .getContent({ ...SHOP, path, ref: branch })
    .then(({ data }) => (Array.isArray(data) ? undefined : data.sha))
    .catch(() => undefined);
  const encoded = Buffer.from(content).toString('base64');
  await as.rest.repos.createOrUpdateFileContents({
    ...SHOP,
    path,
    branch,
    message: `chore: change ${path}`,
    content: encoded,
    sha,
  });
}

export const GOOD_BODY = (issue: number) =>
  [
    `Closes #${issue}`,
    '## What and why',
    'Counts each item once, so that totals are right.',
    '## Root cause',
    'The total was added twice in the loop.',
    '## Risk',
    'Low: one function, covered by tests.',
    '## Testing',
    'Ran the unit tests; the new one fails without the change.',
    '## Rollout',
    'none',
    '## Rollback',
    'Revert the commit.',
  ].join('\n\n');
