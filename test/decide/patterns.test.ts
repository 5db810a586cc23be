/** Filling prompt patterns: what people write, and what they write by mistake (B4); numbers of tokens (B5). */
import { describe, expect, it } from 'vitest';
import { loadBuiltInPatterns } from '../../src/config/load-patterns.ts';
import { prompt } from '../../src/decide/commands/prompt.ts';
import { cleanValue, fill } from '../../src/decide/patterns/fill.ts';
import { readValues } from '../../src/decide/patterns/read-values.ts';
import type { Pattern } from '../../src/model/pattern.ts';
import { NO_RECORDS } from '../../src/model/records.ts';
import { readTokens, tokensPhrase } from '../../src/model/tokens.ts';
import { facts, ledger, NOW, repo } from './build.ts';

const IDS = ['ENTITY', 'FIELDS', 'API_ENDPOINTS'];
const read = (text: string) => {
  const { values, ...rest } = readValues(text, IDS);
  return { values: Object.fromEntries(values), ...rest };
};
const nothing = { values: {}, unknown: [], twice: [], stray: '', unclosed: [] };

describe('reading values', () => {
  it.each<[text: string, expected: object]>([
    ['', {}],
    ['ENTITY=Order', { values: { ENTITY: 'Order' } }],
    ['entity=Order api-endpoints=/a', { values: { ENTITY: 'Order', API_ENDPOINTS: '/a' } }],
    ['ENTITY=Order line FIELDS=id, total', { values: { ENTITY: 'Order line', FIELDS: 'id, total' } }],
    ['ENTITY="Order" FIELDS="id, OTHER=5"', { values: { ENTITY: 'Order', FIELDS: 'id, OTHER=5' } }],
    ['ENTITY=“Order line” FIELDS=x', { values: { ENTITY: 'Order line', FIELDS: 'x' } }],
    ['ENTITY="say \\"hi\\" to" FIELDS=x', { values: { ENTITY: 'say "hi" to', FIELDS: 'x' } }],
    ['ENTITY=a="b" c', { values: { ENTITY: 'a="b" c' } }],
    ['FIELDS=where total=5 and x==y', { values: { FIELDS: 'where total=5 and x==y' } }],
    ['FIELDS=`id`, $1 [ENTITY] ``` ENTITY=$& $`', { values: { FIELDS: '`id`, $1 [ENTITY] ```', ENTITY: '$& $`' } }],
    ['ENTITY=https://x.y?ENTITY=1', { values: { ENTITY: 'https://x.y?ENTITY=1' } }],
    ['ENTITY= FIELDS=x', { values: { ENTITY: '', FIELDS: 'x' } }],
    [
      '\nENTITY: Order\nFIELDS: id\ntotal: a number\nAPI_ENDPOINTS: /a',
      {
        values: { ENTITY: 'Order', FIELDS: 'id\ntotal: a number', API_ENDPOINTS: '/a' },
      },
    ],
    ['\nENTITY: Order FIELDS: id', { values: { ENTITY: 'Order FIELDS: id' } }],
    ['\nENTITY: https://x.y', { values: { ENTITY: 'https://x.y' } }],
    ['\nFIELDS: "one\ntwo"\nENTITY: b', { values: { FIELDS: 'one\ntwo', ENTITY: 'b' } }],
    ['ENTITI=Order', { unknown: ['ENTITI'] }],
    ['FIELDS=a STATUS=open', { values: { FIELDS: 'a' }, unknown: ['STATUS'] }],
    ['ENTITY=a ENTITY=b', { values: { ENTITY: 'a' }, twice: ['ENTITY'] }],
    ['please ENTITY=a', { values: { ENTITY: 'a' }, stray: 'please' }],
    ['just words', { stray: 'just words' }],
    ['ENTITY="a FIELDS=b', { values: { ENTITY: '"a', FIELDS: 'b' }, unclosed: ['ENTITY'] }],
    ['__proto__=1 constructor=2', { stray: '__proto__=1 constructor=2' }],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual({ ...nothing, ...expected });
  });

  it('a hostile text is read whole', () => {
    const { unknown, unclosed } = readValues(' AB="x'.repeat(10_000), IDS);
    expect([unknown.length, unclosed.length]).toEqual([10_000, 10_000]);
  });
});

const pattern = (template: string, validation = ''): Pattern => ({
  name: 'p',
  title: 'P',
  version: '1.0.0',
  chooseFor: 'x',
  variables: ['ENTITY', 'FIELDS'].map((id) => ({ id, description: id, example: id, default: null })),
  template,
  validation,
  deviate: [],
  baseline: { planner: 0, coder: 0, validator: 0 },
});
const filled = (template: string, values: Record<string, string>) => fill(pattern(template), new Map(Object.entries(values)));

describe('filling', () => {
  it('each placeholder once, wherever it stands; what a value holds is not looked at again', () => {
    const { prompt, left } = filled('[ENTITY] of [FIELDS]: [ENTITY][ENTITY] `[FIELDS]`', {
      ENTITY: '[FIELDS]',
      FIELDS: '[ENTITY] $& $1 $$',
    });
    expect(prompt).toBe('[FIELDS] of [ENTITY] $& $1 $$: [FIELDS][FIELDS] `[ENTITY] $& $1 $$`');
    expect(left).toEqual([]);
  });

  it('names what is left, in the pattern’s order, and leaves its placeholder', () => {
    const { prompt, left } = filled('[FIELDS] [ENTITY]', { FIELDS: ' \n ' });
    expect(left.map(({ id }) => id)).toEqual(['ENTITY', 'FIELDS']);
    expect(prompt).toBe('[FIELDS] [ENTITY]');
    expect(filled('[FIELDS] [ENTITY]', { ENTITY: '[FIELDS]' }).left.map(({ id }) => id)).toEqual(['FIELDS']);
  });

  it('takes the default for a value that is not given or blank', () => {
    const [crud] = loadBuiltInPatterns().filter(({ name }) => name === 'storage-crud');
    if (!crud) throw new Error('there is no storage-crud');
    const { prompt, validation, left } = fill(
      crud,
      new Map([
        ['ENTITY', 'Order'],
        ['FIELDS', 'id'],
        ['FILTERS', 'none'],
        ['PHASE', ''],
      ]),
    );
    expect(left).toEqual([]);
    expect(prompt).toContain('as part of this session');
    expect(`${prompt}${validation}`).not.toMatch(/\[[A-Z_]{2,}\]/);
  });

  it('no value carries what nobody sees', () => {
    expect(cleanValue('a\r\nb\rc\u2028d\0e\u202Ef\u{E0041}g\th\uD800i\u001B[31mj')).toBe('a\nb\nc\nde' + 'fg\th\uFFFDi[31mj');
    expect(cleanValue('naïve 日本 👩‍👧 שלום')).toBe('naïve 日本 👩‍👧 שלום');
  });
});

describe('numbers of tokens', () => {
  it.each<[text: string, tokens: number | null]>([
    ['0', 0],
    ['800', 800],
    ['1k', 1000],
    ['1K', 1000],
    ['1.5k', 1500],
    ['2.25m', 2_250_000],
    ['-1k', -1000],
    [' 3k ', 3000],
    ['-0', 0],
    ['0.0004k', 0],
    ['1000m', 1_000_000_000],
    ['1001m', null],
    ['', null],
    ['k', null],
    ['1,000', null],
    ['1kk', null],
    ['1e3', null],
    ['.5k', null],
    ['1.k', null],
    ['NaN', null],
    ['Infinity', null],
    ['1 k', null],
    ['+1', null],
    ['--1', null],
    ['1g', null],
  ])('%j', (text, tokens) => {
    expect(readTokens(text)).toBe(tokens);
  });

  it.each([
    [0, '0'],
    [800, '800'],
    [999, '999'],
    [1000, '1k'],
    [1500, '1.5k'],
    [12_345, '12.3k'],
    [999_499, '999k'],
    [999_500, '1m'],
    [2_350_000, '2.35m'],
    [1_000_000_000, '1000m'],
    [-1500, '-1.5k'],
    [1234.4, '1.23k'],
  ])('%d is %s', (tokens, text) => {
    expect(tokensPhrase(tokens)).toBe(text);
  });
});

describe('/session prompt', () => {
  const run = (rest: string, over: Partial<Parameters<typeof facts>[0]> = {}, below: string[] = []) =>
    prompt.run({
      facts: facts({ repo: repo({ patterns: loadBuiltInPatterns() }), ...over }),
      author: 'alice',
      rest,
      below,
      key: 'k',
    });
  const ALL = 'storage-crud ENTITY=Order FIELDS=id FILTERS=none';

  it('counts as a run only when nothing is left and work is under way', () => {
    expect(run(ALL).kind).toBe('reply');
    expect(run(ALL, { own: ledger({ state: 'completed' }) }).kind).toBe('reply');
    expect(run('storage-crud ENTITY=Order', { own: ledger() }).kind).toBe('reply');
    const counted = run(ALL, { own: ledger() });
    if (counted.kind !== 'ask') throw new Error(counted.kind);
    const once = counted.ask.update?.(NO_RECORDS) ?? NO_RECORDS;
    expect(once.prompts).toEqual([
      {
        key: 'k',
        by: 'alice',
        at: NOW,
        pattern: 'storage-crud',
        version: '1.0.0',
        values: { ENTITY: 'Order', FIELDS: 'id', FILTERS: 'none' },
      },
    ]);
    expect(counted.ask.update?.(once)).toEqual(once);
  });

  it('a prompt that no comment takes is refused, with how to put it right', () => {
    const result = run(`storage-crud ENTITY=${'x'.repeat(20_000)} FIELDS=id FILTERS=none`);
    expect(result.kind === 'wrong' && result.because).toMatch(/^The filled prompt has \d+ characters, and a comment takes 65000/);
  });

  it('values of a history are cut, and the oldest prompts go', () => {
    const long = run(`storage-crud ENTITY=Order FIELDS=${'é'.repeat(400)} FILTERS=none`, { own: ledger() });
    if (long.kind !== 'ask') throw new Error(long.kind);
    const before = Array.from({ length: 20 }, (_, at) => ({
      key: `${at}`,
      by: 'a',
      at: NOW,
      pattern: 'p',
      version: '1.0.0',
      values: {},
    }));
    const prompts = long.ask.update?.({ ...NO_RECORDS, prompts: before }).prompts ?? [];
    expect(prompts.map(({ key }) => key)).toEqual([...before.slice(1).map(({ key }) => key), 'k']);
    expect(prompts.at(-1)?.values.FIELDS).toHaveLength(300);
  });

  it('ErrorType is meant for ERROR_TYPE; nothing is answered without patterns but that there are none', () => {
    const slip = run('error-handling ErrorType=x ERRORTYP=y');
    expect(slip.kind === 'wrong' && slip.because).toContain('Did you mean `ERROR_TYPE`?');
    expect(run('', { repo: repo() })).toEqual({ kind: 'reply', body: 'There is no prompt pattern here.' });
  });
});
