/** Apps under measurement, each a process of its own. */
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SECRET = 'only-for-the-bench-0123456789';
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const KEY = String(privateKey.export({ type: 'pkcs1', format: 'pem' }));

export interface Measured {
  origin: string;
  pid: number;
  /** From the process's birth to its first good answer. */
  readyMs: number;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
  /** Ends it as a crash does (SIGKILL). */
  kill(): Promise<void>;
}

/**
 * @param script relative to this folder. @param probe answers 2xx once the app takes webhooks.
 * @param env with `DATA_DIR` its store outlives it
 * @param onLog gets what it writes to standard output, in pieces; shown as it is when not given
 */
export async function startMeasured(
  script: string,
  probe: string,
  env: Record<string, string> = {},
  onLog?: (text: string) => void,
): Promise<Measured> {
  const dataDir = mkdtempSync(join(tmpdir(), 'playcaller-bench-'));
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [...nodeFlags(), fileURLToPath(new URL(script, import.meta.url))], {
    env: {
      PATH: process.env.PATH,
      APP_ID: '7',
      PRIVATE_KEY: KEY,
      WEBHOOK_SECRET: SECRET,
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'error',
      DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', onLog ? 'pipe' : 'inherit', 'inherit'],
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => onLog?.(text));
  const exited = once(child, 'exit');
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await exited;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${port}`;
  while (!(await answers(`${origin}${probe}`))) {
    if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return {
    origin,
    pid: child.pid ?? 0,
    readyMs: performance.now() - started,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** Node's own flags in `npm start`, so that what is measured is what runs; both sides get them. */
function nodeFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String(scripts.start)
    .split(' ')
    .filter((word) => word.startsWith('--max-'));
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.ok;
    },
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
