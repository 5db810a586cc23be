/** `playcaller sandbox` as a process: ready, usable, ended by SIGTERM; wrong use is exit code 2. */
import { type ChildProcess, spawn } from 'node:child_process';
import { expect, test } from 'vitest';

const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;

function run(...args: string[]): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [main, 'sandbox', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const note = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout?.on('data', note);
  child.stderr?.on('data', note);
  return { child, output: () => text, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

test('listens, knows its people, and ends on SIGTERM', async () => {
  const { child, output, ended } = run('--port', '0');
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(output())));
    child.stdout?.on('data', () => {
      const found = /http:\/\/\S+/.exec(output());
      if (found) resolve(found[0]);
    });
  });
  const response = await fetch(`${url}/api/v3/user`, { headers: { authorization: 'token sandbox-carol' } });
  expect(await response.json()).toMatchObject({ login: 'carol' });
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test.each([
  [['--port', 'x'], '--port'],
  [['--webhook', 'not a url', '--secret', 's'], '--webhook'],
  [['--webhook', 'http://127.0.0.1:1/hook'], '--secret'],
  [['--key', '/no/such/file.pem'], '--key'],
  [['--app-id', '0'], '--app-id'],
  [['--unknown'], '--unknown'],
])('%j is refused with the reason', async (args, word) => {
  const { output, ended } = run(...args);
  expect(await ended).toBe(2);
  expect(output()).toContain(word);
  expect(output()).not.toContain('    at ');
});
