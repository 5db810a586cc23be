/** What the rebuild's stories do: end the app, empty its data, run the command line as a process, start the app again. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Octokit } from 'octokit';
import { commentsOf, labelsOf } from '../../src/sandbox/story/looks.ts';
import type { Demo } from '../../src/sandbox/story/start-demo.ts';
import { type Ran, runCli } from '../run-cli.ts';

export async function rebuild(env: Record<string, string>, ...args: string[]): Promise<Ran> {
  return runCli(['rebuild', ...args], env);
}

export function emptyData({ app }: Demo): void {
  const directory = app.settings.env.DATA_DIR ?? '';
  for (const file of readdirSync(directory)) if (file.startsWith('playcaller.db')) rmSync(join(directory, file));
}

/** The bot's comments and the labels of each issue, as they stand. */
export async function everything(as: Octokit, numbers: readonly number[]): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  for (const number of numbers) {
    const said = (await commentsOf(as, number)).filter(({ login }) => login === 'playcaller[bot]');
    seen[`#${number}`] = { labels: await labelsOf(as, number), said: said.map(({ id, body }) => ({ id, body })) };
  }
  return seen;
}
