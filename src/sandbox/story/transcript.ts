/** What the story tells while it plays: who did what, and whether what should follow did. */
import { until } from './until.ts';

export interface Tally {
  passed: number;
  failed: number;
}

/** Longest excerpt of what was seen, in characters. */
const EXCERPT = 1200;
const PATIENCE_MS = 20_000;

export class Transcript {
  readonly tally: Tally = { passed: 0, failed: 0 };
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  heading(text: string): void {
    this.#print(`\n${text}`);
  }

  /** `alice` `opens #1`. */
  did(who: string, what: string): void {
    this.#print(`   ${who.padEnd(10)} ${what}`);
  }

  /**
   * Looks until it holds, and says so. A check that fails is told with what was seen; the story goes on.
   * @returns what was seen last.
   * @throws when no look succeeded at all.
   */
  async check<T>(what: string, look: () => Promise<T>, holds: (seen: T) => boolean, patienceMs = PATIENCE_MS): Promise<T> {
    const { held, last, error } = await until(look, holds, patienceMs);
    if (held) this.pass(what);
    else this.fail(what, error === null ? excerpt(last) : `the look failed: ${error}`);
    if (last === undefined) throw new Error(`nothing could be seen for: ${what}`);
    return last;
  }

  pass(what: string): void {
    this.tally.passed += 1;
    this.#print(`            ✓ ${what}`);
  }

  fail(what: string, seen: string): void {
    this.tally.failed += 1;
    this.#print(`            ✗ expected: ${what}`);
    this.#print(`              seen: ${seen.replaceAll('\n', '\n              ')}`);
  }
}

function excerpt(seen: unknown): string {
  const text = typeof seen === 'string' ? seen : (JSON.stringify(seen, null, 1) ?? String(seen));
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)} … (${text.length} characters)` : text;
}
