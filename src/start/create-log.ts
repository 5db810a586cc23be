/** The app's log: JSON lines on standard output, with everything secret taken out twice, by name and by look. */

import type { DestinationStream, Logger } from 'pino';
import { pino } from 'pino';

const SECRET_NAMES = ['authorization', 'privateKey', 'webhookSecret', 'token', 'password', 'databaseUrl', 'secret'];

/** GitHub's token shapes, JWTs, PEM keys, and passwords in URLs. */
const SECRET_LOOKS: [RegExp, string][] = [
  [/\b(gh[a-z]_|github_pat_)\w{10,}/g, '$1[redacted]'],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+/g, '[redacted jwt]'],
  [/-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----.{0,8000}?-----END [A-Z ]{0,20}PRIVATE KEY-----/gs, '[redacted key]'],
  [/\b(bearer|basic) +[\w+./~=-]{6,}/gi, '$1 [redacted]'],
  [/\b(token) +[\w.-]{20,}/gi, '$1 [redacted]'],
  [/(\b[a-z][a-z+]{0,20}:\/\/[^\s:/@"]{0,200}:)[^\s@"/]{1,500}@/g, '$1[redacted]@'],
];

/** @param secrets values that must not stand in the log, whatever they look like */
export function createLog(level: string, destination?: DestinationStream, secrets: readonly string[] = []): Logger {
  const hidden = secrets.flatMap(spellings);
  const options = {
    level,
    base: null,
    serializers: { err: describeError },
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    hooks: { streamWrite: (line: string) => scrub(withoutValues(line, hidden)) },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return destination ? pino(options, destination) : pino(options);
}

export function scrub(line: string): string {
  return SECRET_LOOKS.reduce((text, [look, instead]) => text.replace(look, instead), line);
}

/** Shorter ones would take ordinary words out of every line. */
const LEAST_SECRET = 6;

/** As it stands in the environment, in JSON, in an address, and each line of a key. */
function spellings(secret: string): string[] {
  const lines = secret.split(/\r\n|\r|\n|\\n/).filter((line) => !line.startsWith('-----'));
  const all = [secret, ...lines].flatMap((text) => [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)]);
  return [...new Set(all)].filter((text) => text.length >= LEAST_SECRET);
}

function withoutValues(line: string, hidden: readonly string[]): string {
  return hidden.reduce((text, secret) => (text.includes(secret) ? text.replaceAll(secret, '[redacted]') : text), line);
}

/** An error without its request and response, which hold headers and what people wrote. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const more = Object.fromEntries(
    ['kind', 'status', 'code'].flatMap((name) => (name in error ? [[name, Reflect.get(error, name)]] : [])),
  );
  const cause = error.cause instanceof Error ? { cause: error.cause.message } : {};
  return { type: error.name, message: error.message, ...more, ...cause, stack: error.stack };
}
