/** The command line as people run it: a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** @param env all that it gets beside PATH. */
export async function runCli(args: readonly string[], env: Record<string, string>, cwd?: string): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
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
