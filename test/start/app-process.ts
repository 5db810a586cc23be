/** The real app as a process of its own, and the least GitHub that it needs to start. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import { SECRET, serve } from '../intake/deliver.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const KEY = String(privateKey.export({ type: 'pkcs1', format: 'pem' }));

export interface LogLine {
  level: string;
  msg: string;
  [field: string]: unknown;
}

export interface AppProcess {
  child: ChildProcess;
  /** Resolves with `http://127.0.0.1:<port>` once it listens. */
  origin(): Promise<string>;
  lines(): LogLine[];
  stderr(): string;
  /** Resolves with the first line whose message contains `words`. @throws when the process ends first. */
  logged(words: string): Promise<LogLine>;
  exit: Promise<number | null>;
  /** Asks it to end and waits. */
  stop(): Promise<number | null>;
}

/** @param spawnMain starts the file in a way of the test's own, with all three streams as here */
export function startApp(
  env: Record<string, string>,
  spawnMain = (file: string, all: NodeJS.ProcessEnv): ChildProcess =>
    spawn(process.execPath, [file], { env: all, stdio: ['ignore', 'pipe', 'pipe'] }),
): AppProcess {
  const child = spawnMain(MAIN, {
    PATH: process.env.PATH,
    APP_ID: '7',
    PRIVATE_KEY: KEY,
    WEBHOOK_SECRET: SECRET,
    HOST: '127.0.0.1',
    PORT: '0',
    ...env,
  });
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const exit = once(child, 'exit').then(([code]): number | null => code);
  const lines = (): LogLine[] =>
    out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  const logged = async (words: string): Promise<LogLine> => {
    for (;;) {
      const line = lines().find(({ msg }) => msg.includes(words));
      if (line) return line;
      if (child.exitCode !== null) throw new Error(`the app ended (${child.exitCode}) before "${words}":\n${out}${err}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return {
    child,
    lines,
    logged,
    exit,
    stderr: () => err,
    async origin() {
      const { address } = await logged('listening');
      return `http://127.0.0.1:${typeof address === 'object' && address && 'port' in address ? address.port : 0}`;
    },
    stop() {
      child.kill('SIGTERM');
      return exit;
    },
  };
}

export interface SmallGitHub {
  /** What the app needs in its environment to reach it. */
  env: Record<string, string>;
  /** Requests for anything but `GET /app` and tokens: `POST /api/graphql`. */
  requests: string[];
  close(): Promise<void>;
}

/** Knows the app and grants tokens; everything else is `answer`, 404 if not given. */
export async function smallGitHub(answer: RequestListener = notFound): Promise<SmallGitHub> {
  const requests: string[] = [];
  const server = await serve((request, response) => {
    const path = request.url ?? '';
    if (path === '/api/v3/app') return json(response, 200, { id: 7, slug: 'playcaller', name: 'Playcaller' });
    if (path.endsWith('/access_tokens')) {
      return json(response, 201, { token: 'x'.repeat(20), expires_at: '2100-01-01T00:00:00Z', permissions: {} });
    }
    requests.push(`${request.method} ${path}`);
    request.resume();
    answer(request, response);
  });
  return {
    env: { GHE_HOST: server.origin.replace('http://', ''), GHE_PROTOCOL: 'http' },
    requests,
    close: server.close,
  };
}

const notFound: RequestListener = (_, response) => json(response, 404, { message: 'Not Found' });

export function json(response: Parameters<RequestListener>[1], status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
