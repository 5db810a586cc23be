/** A fault that whoever typed the command can mend: told on standard error without a stack trace, exit code 2. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}

/** Node's parser with its faults made ours. Positional arguments are refused. @throws {UsageFault} */
export function parseOptions<T extends ParseArgsOptionsConfig>(argv: string[], options: T) {
  return parseWords(argv, options, 0).values;
}

/** The same with at most `most` positional arguments. @throws {UsageFault} */
export function parseWords<T extends ParseArgsOptionsConfig>(argv: string[], options: T, most: number) {
  try {
    const parsed = parseArgs({ args: argv, options, strict: true, allowPositionals: most > 0 });
    const extra = parsed.positionals[most];
    if (extra !== undefined) throw new Error(`Unexpected argument '${extra}'`);
    return parsed;
  } catch (error) {
    throw new UsageFault(`${error instanceof Error ? error.message.split('. ', 1)[0] : String(error)}. See --help.`);
  }
}

/** @throws {UsageFault} unless it is a whole number from 0 to 65535. */
export function portOf(text: string, option: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535))
    throw new UsageFault(`${option} wants a port from 0 to 65535 (0: any free one), not ${JSON.stringify(text)}.`);
  return port;
}
