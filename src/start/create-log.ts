/** The app's log: JSON lines on standard output, with everything secret taken out twice, by name and by look. */

import type { DestinationStream, Logger } from 'pino';
import { pino } from 'pino';

const SECRET_NAMES = ['authorization', 'privateKey', 'webhookSecret', 'token', 'password', 'databaseUrl', 'secret'];

/** GitHub's token shapes, JWTs, PEM keys, and passwords in URLs. */
const SECRET_LOOKS: [RegExp, string][] = [
  [/\b(gh[a-z]_|github_pat_)\w{10,}/g, '$1[redacted]'],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+/g, '[redacted jwt]'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----/gs, '[redacted key]'],
  [/(\b[a-z][a-z+]*:\/\/[^\s:/@"]*:)[^\s@"/]+@/g, '$1[redacted]@'],
];

export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    serializers: { err: describeError },
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    hooks: { streamWrite: scrub },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return destination ? pino(options, destination) : pino(options);
}

export function scrub(line: string): string {
  return SECRET_LOOKS.reduce((text, [look, instead]) => text.replace(look, instead), line);
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
