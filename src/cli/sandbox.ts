/** `playcaller sandbox`: the local GitHub alone, for an app that runs elsewhere. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { startSandbox } from '../sandbox/server.ts';
import { parseOptions, portOf, UsageFault } from './usage-fault.ts';

const usage = `Usage: playcaller sandbox [options]

A local GitHub on one port: REST at /api/v3, GraphQL at /api/graphql, pages at /.

  --port N        port to listen on (4000; 0: any free one)
  --host ADDRESS  address to listen on (127.0.0.1)
  --webhook URL   where the app takes webhooks, e.g. http://127.0.0.1:3000/api/github/webhooks
  --secret S      secret that webhooks are signed with; needed with --webhook
  --app-id N      the app's id (1)
  --key FILE      the app's key, PEM, private or public; without one nobody can sign in as the app
  --help          this text

People act with the tokens sandbox-alice (admin), sandbox-bob (write), sandbox-carol (triage),
sandbox-dave (read) and sandbox-mallory (outsider); sandbox-ci reports checks.

For tests, under /_sandbox: faults, calls, idle, rate-limit, tokens/expire, installation, merge-queue, and clock:
POST {"days": 1}, {"hours": -2}, {"now": "2027-03-01T07:00:00Z"} or {"held": true}. What is dated goes by it.
`;

function keyFrom(file: string | undefined): string {
  if (file === undefined) {
    return generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch {
    throw new UsageFault(`--key: ${file} cannot be read.`);
  }
  try {
    if (createPublicKey(pem).asymmetricKeyType === 'rsa') return pem;
  } catch {
    // Said below, the same for every file that holds no RSA key.
  }
  throw new UsageFault(`--key: ${file} holds no RSA key in PEM.`);
}

function webhookFrom(text: string | undefined, secret: string | undefined): string | null {
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new UsageFault('--webhook wants a whole http(s) address.');
  if (!secret) throw new UsageFault('--webhook needs --secret: webhooks are signed.');
  return url.href;
}

function appIdFrom(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageFault(`--app-id wants a whole number from 1, not ${JSON.stringify(text)}.`);
}

function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

/** Runs until SIGTERM or SIGINT. @returns 0, or 1 when it cannot listen. @throws {UsageFault} */
export async function sandboxCommand(argv: string[]): Promise<number> {
  const given = parseOptions(argv, {
    port: { type: 'string', default: '4000' },
    host: { type: 'string', default: '127.0.0.1' },
    webhook: { type: 'string' },
    secret: { type: 'string' },
    'app-id': { type: 'string', default: '1' },
    key: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (given.help) {
    process.stdout.write(usage);
    return 0;
  }
  const options = {
    port: portOf(given.port, '--port'),
    host: given.host,
    webhookUrl: webhookFrom(given.webhook, given.secret),
    webhookSecret: given.secret ?? '',
    appId: appIdFrom(given['app-id']),
    publicKeyOrPrivateKeyPem: keyFrom(given.key),
  };
  const stopped = untilToldToStop();
  const running = await startSandbox(options).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`playcaller sandbox: cannot start on ${options.host}:${options.port}: ${reason}\n`);
    return null;
  });
  if (!running) return 1;
  process.stdout.write(`Sandbox on ${running.url}\n`);
  await stopped;
  await running.close();
  return 0;
}
