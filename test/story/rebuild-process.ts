/** What the rebuild's stories do: end the app, empty its data, run the command line as a process, start the app again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Octokit } from 'octokit';
import { commentsOf, labelsOf } from '../../src/sandbox/story/looks.ts';
import type { Demo } from '../../src/sandbox/story/start-demo.ts';

const CLI = new URL('../../src/cli/main.ts', import.meta.url).pathname;

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

export async function rebuild(env: Record<string, string>, ...args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [CLI, 'rebuild', ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ran: Ran = { code: null, out: '', err: '' };
  child.stdout.on('data', (text) => {
    ran.out += String(text);
  });
  child.stderr.on('data', (text) => {
    ran.err += String(text);
  });
  await once(child, 'close');
  return { ...ran, code: child.exitCode };
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
