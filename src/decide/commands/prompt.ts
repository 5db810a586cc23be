/** `/session prompt [pattern] KEY=value…`: lists the prompt patterns, or fills one (B4). */
import type { Pattern } from '../../model/pattern.ts';
import type { PromptUse } from '../../model/records.ts';
import { sizeOf } from '../../render/markdown.ts';
import { patternsChooser } from '../../render/patterns/chooser.ts';
import { type PromptReply, promptReply } from '../../render/patterns/prompt-reply.ts';
import * as words from '../../render/patterns/replies.ts';
import { faults } from '../../render/special/replies.ts';
import { cleanValue, type Filled, fill } from '../patterns/fill.ts';
import { idOf, type ReadValues, readValues } from '../patterns/read-values.ts';
import { hasUsed, isProven, runsByPattern, runsByPlaybook } from '../patterns/runs.ts';
import { putRecord } from '../special/notebook.ts';
import { isOpen, said, sessionHere, wrong } from './here.ts';
import { nearest } from './nearest.ts';
import type { Asked, Command, CommandResult } from './types.ts';

/** GitHub takes 65,536 characters a comment; in UTF-8 bytes, with room for the reply's mark. */
const MAX_BODY = 65_000;
/** Of a value in the history: enough to see what it was. */
const KEPT_VALUE = 300;
const KEPT_PROMPTS = 20;

export const prompt: Command = {
  verb: 'prompt',
  usage: '/session prompt [pattern] [KEY=value …]',
  does: 'fills a prompt pattern, to be copied for an agent; without a name lists the patterns. Values may stand on lines `KEY: value` below',
  permission: 'triage',
  examples: [
    '/session prompt storage-crud ENTITY=Order FIELDS="id, customer, total in cents" FILTERS="customer, newest first"',
    [
      '/session prompt error-handling',
      'ERROR_TYPE: the payment service does not answer',
      'EXCEPTION_CLASS: PaymentUnavailable',
      'RECOVERY: tries three times, then keeps the order as pending',
      'USER_MESSAGE: Your order is saved; we try the payment again.',
    ].join('\n'),
    '/session prompt',
  ],
  // With values on the line itself, what stands below is talk.
  takesLines: (rest) => /^\S+$/.test(rest),
  run(asked) {
    const { facts, rest, below } = asked;
    const patterns = facts.repo.patterns ?? [];
    const [, name = '', values = ''] = /^(\S*)\s*(.*)$/s.exec(rest) ?? [];
    if (name === '') return { kind: 'reply', body: chooser(asked) };
    const names = patterns.map((pattern) => pattern.name);
    const pattern = patterns.find((one) => one.name === name.toLowerCase());
    if (!pattern) return wrong(words.unknownPattern(name, nearest(name, names), names));
    const ids = pattern.variables.map(({ id }) => id);
    const read = readValues([values, ...below].join('\n'), ids);
    const bad = faultsOf(read, ids);
    return bad.length > 0 ? wrong(faults(bad)) : answer(pattern, read.values, asked);
  },
};

function answer(pattern: Pattern, values: ReadonlyMap<string, string>, asked: Asked): CommandResult {
  const { facts, author } = asked;
  const filled = fill(pattern, values);
  const body = promptReply(replyOf(pattern, filled, asked));
  if (sizeOf(body) > MAX_BODY) return wrong(words.tooLong(body.length, MAX_BODY));
  const session = sessionHere(facts)?.session;
  // What has gaps, or belongs to no work under way, is no run.
  if (!session || !isOpen(session.state) || filled.left.length > 0) return { kind: 'reply', body };
  const use: PromptUse = { ...said(asked), pattern: pattern.name, version: pattern.version, values: keptValues(values) };
  return {
    kind: 'ask',
    reply: body,
    log: words.promptMade(pattern.name),
    ask: {
      by: author,
      update: (records) => ({
        ...records,
        prompts: putRecord(records.prompts ?? [], use, () => false).slice(-KEPT_PROMPTS),
      }),
    },
  };
}

function replyOf(pattern: Pattern, filled: Filled, { facts }: Asked): PromptReply {
  const past = facts.past ?? [];
  const runs = runsByPattern(past).get(pattern.name) ?? null;
  const best = past.find((one) => one.state === 'completed' && hasUsed(one, pattern.name));
  const values = best?.prompts.find((use) => use.pattern === pattern.name)?.values ?? {};
  const last = best && Object.keys(values).length > 0 ? { number: best.number, values } : null;
  return { pattern, ...filled, runs, proven: isProven(runs), last };
}

function chooser({ facts }: Asked): string {
  const past = facts.past ?? [];
  const byPattern = runsByPattern(past);
  const byPlaybook = runsByPlaybook(past);
  return patternsChooser({
    patterns: (facts.repo.patterns ?? []).map((pattern) => {
      const runs = byPattern.get(pattern.name) ?? null;
      return { pattern, runs, proven: isProven(runs) };
    }),
    playbooks: facts.repo.playbooks.flatMap(({ type }) => {
      const runs = byPlaybook.get(type);
      return runs ? [{ type, runs }] : [];
    }),
  });
}

function faultsOf(read: ReadValues, ids: readonly string[]): string[] {
  return [
    ...(read.stray === '' ? [] : [words.stray(read.stray)]),
    ...read.unknown.map((key) => words.unknownKey(key, nearestId(key, ids), ids)),
    ...read.twice.map(words.twice),
    ...read.unclosed.map(words.unclosed),
  ].slice(0, 20);
}

/** `ErrorType` is meant for `ERROR_TYPE`. */
function nearestId(key: string, ids: readonly string[]): string | null {
  const plain = (id: string) => idOf(id).replaceAll('_', '').toLowerCase();
  const same = ids.find((id) => plain(id) === plain(key));
  if (same !== undefined) return same;
  const near = nearest(
    idOf(key),
    ids.map((id) => id.toLowerCase()),
  );
  return near === null ? null : near.toUpperCase();
}

function keptValues(values: ReadonlyMap<string, string>): Record<string, string> {
  const clean = [...values].map(([id, value]) => [id, Array.from(cleanValue(value)).slice(0, KEPT_VALUE).join('')] as const);
  return Object.fromEntries(clean.filter(([, value]) => value !== ''));
}
