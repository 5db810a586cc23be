/** Runs the command line as people do, in a directory of the test's own. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export function runMain(args: string[], { cwd, input = '' }: { cwd: string; input?: string }) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', cwd, input });
  return { status, stdout, stderr };
}
