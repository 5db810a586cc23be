/** The demo as people start it: the whole story, by hand, and everything that can be typed wrong. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../../src/sandbox/story/until.ts';

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;
const running: ChildProcess[] = [];

function start(...args: string[]): { child: ChildProcess; out(): string; err(): string } {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => {
    out += String(text);
  });
  child.stderr.on('data', (text) => {
    err += String(text);
  });
  return { child, out: () => out, err: () => err };
}

async function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const { child, out, err } = start(...args);
  const [code] = await once(child, 'close');
  return { code, out: out(), err: err() };
}

afterEach(() => {
  for (const child of running.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});

describe('the whole story', () => {
  const engines: [string, string[]][] = [['embedded store', []]];
  const { TEST_DATABASE_URL } = process.env;
  if (TEST_DATABASE_URL) engines.push(['PostgreSQL', ['--database-url', TEST_DATABASE_URL]]);

  test.each(engines)('%s: the whole story, every check holds', { timeout: 300_000 }, async (_name, options) => {
    const { code, out, err } = await run('demo', '--once', '--port', '0', '--app-port', '0', ...options);
    expect(`${out.match(/.*✗[\s\S]*?(?=\n {12}✓|\n\n|$)/g)?.join('\n') ?? ''}${err}`).toBe('');
    expect(out.match(/^\d+\. .+$/gm)).toHaveLength(12);
    expect(out.match(/✓/g)?.length).toBeGreaterThan(40);
    expect(out).toMatch(/: \d+ checks passed, 0 failed\n$/);
    expect(code).toBe(0);
  });
});

describe.each(['SIGINT', 'SIGTERM'] as const)('by hand, until %s', (signal) => {
  test('tells both addresses, answers there, and ends cleanly', { timeout: 120_000 }, async () => {
    const { child, out, err } = start('demo', '--port', '0', '--app-port', '0');
    await until(
      async () => out(),
      (text) => text.includes('Ctrl+C'),
      60_000,
    );
    const [sandbox = '', app = ''] = out().match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [];
    expect(await (await fetch(`${sandbox}/acme/shop`)).text()).toContain('New issue');
    expect((await fetch(`${app}/readyz`)).status).toBe(200);
    child.kill(signal);
    const [code] = await once(child, 'close');
    expect([code, err()]).toEqual([0, '']);
    await expect(fetch(`${sandbox}/`)).rejects.toThrow();
    await expect(fetch(`${app}/readyz`)).rejects.toThrow();
  });
});

describe('typed wrong', () => {
  test('a port that is taken: who is it, and the way out', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const { code, err } = await run('demo', '--once', '--port', port, '--app-port', '0');
    server.close();
    expect(code).toBe(2);
    expect(err).toContain(`port ${port} is taken`);
    expect(err).toContain('--port 0');
    expect(err).not.toMatch(/^\s+at /m);
  });

  test.each([
    [['demo', '--port', 'abc'], '--port wants a port'],
    [['demo', '--app-port', '70000'], '--app-port wants a port'],
    [['demo', '--twice'], "Unknown option '--twice'"],
    [['demo', 'now'], "Unexpected argument 'now'"],
    [['frobnicate'], 'There is no command "frobnicate"'],
    [['toString'], 'There is no command "toString"'],
    [[], 'Which command?'],
  ])('%j', async (args, words) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
    expect(err).not.toMatch(/^\s+at /m);
  });

  test('a database that does not answer', async () => {
    const { code, err } = await run(
      'demo',
      '--once',
      '--port',
      '0',
      '--app-port',
      '0',
      '--database-url',
      'postgres://nobody@127.0.0.1:1/none',
    );
    expect(code).toBe(1);
    expect(err).toContain('ECONNREFUSED');
    expect(err).not.toMatch(/^\s+at /m);
  });

  test('--help tells the options and the commands', async () => {
    const [all, demo] = await Promise.all([run('--help'), run('demo', '--help')]);
    expect([all.code, demo.code]).toEqual([0, 0]);
    expect(all.out).toContain('demo');
    expect(demo.out).toContain('--database-url');
  });
});
