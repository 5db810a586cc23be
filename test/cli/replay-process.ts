/** `playcaller replay` as people run it, with the app's environment; and in this process, where many are tried. */
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { vi } from 'vitest';
import { replayCommand } from '../../src/cli/replay.ts';
import { UsageFault } from '../../src/cli/usage-fault.ts';
import { SECRET } from '../intake/deliver.ts';
import { type Ran, runCli } from '../run-cli.ts';

export const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const CREDENTIALS = { APP_ID: '4711', PRIVATE_KEY: KEYS.privateKey, WEBHOOK_SECRET: SECRET };

/** As a process of its own, beside whoever uses the store. */
export async function replay(env: Record<string, string>, ...args: string[]): Promise<Ran> {
  // Where no .env lies about.
  return runCli(['replay', ...args], { ...CREDENTIALS, ...env }, tmpdir());
}

/** The same command without a process: one at a time. */
export async function replayHere(env: Record<string, string>, ...args: string[]): Promise<Ran> {
  const ran: Ran = { code: null, out: '', err: '' };
  for (const [name, value] of Object.entries({ DATABASE_URL: '', ...CREDENTIALS, ...env })) vi.stubEnv(name, value);
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    ran.out += String(text);
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    ran.err += String(text);
    return true;
  });
  try {
    ran.code = await replayCommand(args);
  } catch (error) {
    if (!(error instanceof UsageFault)) throw error;
    ran.code = 2;
    ran.err += `playcaller replay: ${error.message}\n`;
  } finally {
    out.mockRestore();
    err.mockRestore();
    vi.unstubAllEnvs();
  }
  return ran;
}
