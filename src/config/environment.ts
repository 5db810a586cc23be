/** The process's environment, checked once at the start: every fault at the same time, each with the way to put it right. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readPrivateKey } from './private-key.ts';
import { isWellKnown } from './well-known-secrets.ts';

export interface Environment {
  appId: number;
  /** PEM. */
  privateKey: string;
  webhookSecret: string;
  /** `https://ghe.example.com/api/v3`; null for github.com. */
  apiUrl: string | null;
  port: number;
  host: string;
  logLevel: LogLevel;
  dataDir: string;
  /** Set: PostgreSQL instead of the embedded store. */
  databaseUrl: string | null;
  /** Overrides GitHub's published limit on writes, per installation. */
  writesPerMinute: number | null;
  /** What works but should be better; one line each. */
  warnings: string[];
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The environment cannot be used. The message has one line per fault and no secret in it. */
export class EnvironmentFault extends Error {
  override readonly name = 'EnvironmentFault';
  /** `APP_ID is …`, one for each variable that is missing or wrong. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(['Playcaller cannot start with this environment:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.faults = faults;
  }
}

const SHORT_SECRET = 16;
const MAKE_SECRET = 'Make one with `openssl rand -hex 32` and set the same value in the GitHub App under "Webhook secret".';
const GET_KEY = 'Generate a private key in the settings of the GitHub App and give the downloaded .pem file.';

const wholeNumber = (fault: string) =>
  z
    .string(fault)
    .regex(/^\d{1,15}$/, fault)
    .transform(Number);

const schema = z.object({
  APP_ID: wholeNumber('is the number that GitHub shows as "App ID" in the settings of the GitHub App.').refine((id) => id > 0, {
    error: 'is the number that GitHub shows as "App ID" in the settings of the GitHub App; it is never 0.',
  }),
  WEBHOOK_SECRET: z
    .string(`is missing: without it anyone could send events. ${MAKE_SECRET}`)
    .refine((secret) => !isWellKnown(secret), {
      error: `is a well-known default, so anyone could send events. ${MAKE_SECRET}`,
      abort: true,
    })
    .refine((secret) => secret.trim().length >= SHORT_SECRET, {
      error: `is shorter than ${SHORT_SECRET} characters, so it can be guessed, and then anyone could send events. ${MAKE_SECRET}`,
    }),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  GHE_HOST: z
    .string()
    .regex(
      /^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i,
      'is a host name with an optional port, without https:// or a path.',
    )
    .optional(),
  GHE_PROTOCOL: z.enum(['https', 'http'], 'is https or http.').default('https'),
  PORT: wholeNumber('is a port from 0 to 65535.')
    .refine((port) => port <= 65_535, { error: 'is a port from 0 to 65535.' })
    .default(3000),
  HOST: z.string().default('localhost'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `is one of ${LOG_LEVELS.join(', ')}.`).default('info'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'begins with postgres:// (leave it out to use the embedded store in DATA_DIR).')
    .optional(),
  GITHUB_WRITES_PER_MINUTE: wholeNumber('is a whole number above 0.')
    .refine((writes) => writes > 0, { error: 'is a whole number above 0.' })
    .optional(),
});

/** Every variable that is read. */
export const ENVIRONMENT_NAMES: readonly string[] = Object.keys(schema.shape);

/** @throws {EnvironmentFault} naming every variable that is missing or wrong. */
export function readEnvironment(env: Record<string, string | undefined>): Environment {
  // An empty variable is how compose files and CI write "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = schema.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const key = findKey(given.PRIVATE_KEY, given.PRIVATE_KEY_PATH);
  if ('fault' in key) faults.push(key.fault);
  if (!parsed.success || 'fault' in key) throw new EnvironmentFault(faults);
  const seen = parsed.data;
  return {
    appId: seen.APP_ID,
    privateKey: key.pem,
    webhookSecret: seen.WEBHOOK_SECRET,
    apiUrl: seen.GHE_HOST ? `${seen.GHE_PROTOCOL}://${seen.GHE_HOST}/api/v3` : null,
    port: seen.PORT,
    host: seen.HOST,
    logLevel: seen.LOG_LEVEL,
    dataDir: seen.DATA_DIR,
    databaseUrl: seen.DATABASE_URL ?? null,
    writesPerMinute: seen.GITHUB_WRITES_PER_MINUTE ?? null,
    warnings: [],
  };
}

function findKey(text: string | undefined, path: string | undefined): { pem: string } | { fault: string } {
  if (text && path) return { fault: 'PRIVATE_KEY and PRIVATE_KEY_PATH are both set: keep one of them.' };
  if (text) {
    const pem = readPrivateKey(text);
    return pem
      ? { pem }
      : { fault: `PRIVATE_KEY holds no RSA private key (PEM, with \\n for line breaks, or base64 of it). ${GET_KEY}` };
  }
  if (!path) return { fault: `PRIVATE_KEY_PATH (a file) or PRIVATE_KEY (its content) is missing. ${GET_KEY}` };
  try {
    const pem = readPrivateKey(readFileSync(path, 'utf8'));
    return pem ? { pem } : { fault: `PRIVATE_KEY_PATH names ${path}, which holds no RSA private key. ${GET_KEY}` };
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return { fault: `PRIVATE_KEY_PATH names ${path}, which cannot be read (${why}). Check the path and its permissions.` };
  }
}
