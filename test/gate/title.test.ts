/** Gate item "title": the form, the suggestion, and what a squash lands. */
import { describe, expect, it } from 'vitest';
import { GATE_OPTIONS } from '../../src/config/gate-options.ts';
import { loadCommitlint } from '../../src/config/load-commitlint.ts';
import { suggestTitle } from '../../src/decide/gate/conventional.ts';
import { title } from '../../src/decide/gate/title.ts';
import { facts, pull, repo } from './facts.ts';

const { types } = GATE_OPTIONS.title.parse({});
const of = (text: string) => title.check(facts({ pull: pull({ title: text }) }), {});

describe('form', () => {
  it.each([
    'feat: add vouchers',
    'fix(cart): keep the voucher',
    'feat(api)!: drop v1',
    'refactor!: split the cart',
    'Fix: any case will do',
    'docs(read me, api/v2): explain',
    'chore(deps): bump x from 1.2.3 to 2.0.0',
    'revert: feat: add vouchers',
    'fix: 日本語の件名',
  ])('takes %j', (text) => expect(of(text).status).toBe('pass'));

  it.each([
    '',
    '   ',
    'fixed stuff',
    'Add vouchers',
    'feat:',
    'feat: ',
    'feat:no space',
    'feat add vouchers',
    'feature: add vouchers',
    '(cart): keep',
    'fix(): keep',
    'fix(a)(b): keep',
    ': keep',
    'WIP: feat: x',
    '[WIP] fix: x',
    'fixup! fix: x',
    'Revert "feat: x"',
    'Merge branch main',
    'https://example.com: x',
  ])('does not take %j, and says how to mend it', (text) => {
    const result = of(text);
    expect(result.status).toBe('fail');
    expect(result.mend).toBeTruthy();
  });

  // A line of 1,000 letters once took four seconds; the runner's own limit would end these.
  it('reads a commit whose first line is a wall of letters', () => {
    const squash = repo({}, { squashTitle: 'COMMIT_OR_PR_TITLE' });
    for (const letter of 'abcd') {
      const commits = { total: 1, firstMessage: letter.repeat(1000) };
      expect(title.check(facts({ repo: squash, pull: pull({ commits }) }), {}).status).toBe('fail');
    }
  });

  it('takes the types of the configuration', () => {
    const check = (text: string) => title.check(facts({ pull: pull({ title: text }) }), { types: ['ops'] }).status;
    expect([check('ops: x'), check('feat: x')]).toEqual(['pass', 'fail']);
  });
});

describe('suggestion', () => {
  it.each([
    ['feature: add vouchers', 'feat: add vouchers'],
    ['Bugfix(cart): keep it', 'fix(cart): keep it'],
    ['feat:add vouchers', 'feat: add vouchers'],
    ['fix (cart) : keep it', 'fix(cart): keep it'],
    ['[fix] keep the voucher', 'fix: keep the voucher'],
    ['WIP: feat: add vouchers', 'feat: add vouchers'],
    ['Add vouchers to the cart.', 'feat: add vouchers to the cart'],
    ['Fixed the login crash', 'fix: the login crash'],
    ['Bump zod to 4', 'chore: bump zod to 4'],
    ['fixed stuff', 'fix: <what changes, in a few words>'],
    ['Revert "feat: add vouchers"', 'revert: feat: add vouchers'],
  ])('%j → %j', (text, wanted) => expect(suggestTitle(text, types, null)).toBe(wanted));

  it.each(['The cart', 'test accounts expire', 'hello', 'update', 'wibble: x', ''])('does not guess at %j', (text) => {
    expect(suggestTitle(text, types, null)).toBeNull();
  });

  it('takes the kind of the session where the title has none', () => {
    expect(suggestTitle('Voucher lost after reload', types, 'bug-fix')).toBe('fix: Voucher lost after reload');
    expect(suggestTitle('Voucher lost after reload', types, 'quality-audit')).toBeNull();
  });

  it('never suggests what the gate would refuse', () => {
    for (const text of ['feature: x y', 'Fixed it', '[bug] (x) y', 'Revert "a"', 'docs - b c', 'FIX(A): b']) {
      const wish = suggestTitle(text, types, 'bug-fix');
      if (wish !== null) expect(of(wish).status, wish).toBe('pass');
    }
  });
});

describe('squash', () => {
  const landing = (total: number, firstMessage: string | null, squashTitle: 'PR_TITLE' | 'COMMIT_OR_PR_TITLE' | null) =>
    title.check(facts({ pull: pull({ commits: { total, firstMessage } }), repo: repo({}, { squashTitle }) }), {});

  it('checks the message of the only commit where that is what lands', () => {
    expect(landing(1, 'wip', 'COMMIT_OR_PR_TITLE')).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('squash merge lands'),
    });
    expect(landing(1, 'wip', 'COMMIT_OR_PR_TITLE').mend).toContain('fix(cart): keep the voucher');
    expect(landing(1, 'fix: keep it\n\nlong body', 'COMMIT_OR_PR_TITLE').status).toBe('pass');
    expect(landing(2, 'wip', 'COMMIT_OR_PR_TITLE').status).toBe('pass');
    expect(landing(1, 'wip', 'PR_TITLE').status).toBe('pass');
    expect(landing(1, 'wip', null).status).toBe('pass');
  });

  it('is not green while that message is unknown', () => {
    expect(landing(1, null, 'COMMIT_OR_PR_TITLE').status).toBe('waiting');
  });
});

describe('with a commitlint configuration', () => {
  const under = (config: unknown, text: string, more: { options?: Record<string, unknown>; first?: string } = {}) =>
    title.check(
      facts({
        pull: pull({ title: text, ...(more.first === undefined ? {} : { commits: { total: 1, firstMessage: more.first } }) }),
        repo: repo(
          {},
          {
            squashTitle: more.first === undefined ? 'PR_TITLE' : 'COMMIT_OR_PR_TITLE',
            commitlint: loadCommitlint('.commitlintrc.json', typeof config === 'string' ? config : JSON.stringify(config)),
          },
        ),
      }),
      more.options ?? {},
    );
  const conventional = { extends: ['@commitlint/config-conventional'] };

  it('follows it: each broken rule in our words, with a title that would do', () => {
    const result = under(conventional, 'Feat(cart): Keep the voucher.');
    expect(result).toMatchObject({ status: 'fail', mend: 'Try `feat(cart): keep the voucher`.' });
    expect(result.evidence).toMatchInlineSnapshot(
      `"The title \`Feat(cart): Keep the voucher.\` breaks the rules of \`.commitlintrc.json\`: its subject may not be in sentence-case, start-case, pascal-case or upper-case; its subject ends with \`.\`; its type is not in lower-case; its type is none of \`build\`, \`chore\`, \`ci\`, \`docs\`, \`feat\`, \`fix\`, \`perf\`, \`refactor\`, \`revert\`, \`style\` and \`test\`"`,
    );
    expect(under({ ...conventional, rules: { 'type-enum': [2, 'always', ['shop']] } }, 'shop: keep it')).toMatchObject({
      status: 'pass',
      evidence: 'Keeps the rules of `.commitlintrc.json`',
    });
    expect(under({ rules: { 'scope-empty': [2, 'never'], 'type-enum': [2, 'always', ['feat']] } }, 'feat: keep it').mend).toBe(
      'Write it as `type(scope): subject`, with one of the types `feat`. Broken: `scope-empty`.',
    );
    expect(under(conventional, 'keep the voucher').evidence).toContain('it is not of the form `type: subject`');
    expect(under(conventional, `feat: ${'long '.repeat(60)}`)).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('it is longer than 100 characters'),
    });
  });

  it('shows warnings and holds nothing for them', () => {
    expect(under({ rules: { 'header-max-length': [1, 'always', 5] } }, 'feat: keep it')).toMatchObject({
      status: 'pass',
      evidence: expect.stringContaining('warns of the title: it is longer than 5 characters'),
    });
  });

  it('judges the only commit by it too', () => {
    expect(under(conventional, 'feat: keep it', { first: 'Feat: Keep it.\n\nbody' })).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining("only commit's message"),
    });
    expect(under(conventional, 'feat: keep it', { first: 'feat: keep it\n\nx' }).evidence).toContain('So is the message');
  });

  it('refuses unfinished and empty titles all the same', () => {
    expect(under({ rules: {} }, 'WIP: x').status).toBe('fail');
    expect(under({ rules: {} }, '').evidence).toBe('There is no title');
    expect(under({ rules: {} }, 'whatever').status).toBe('pass');
  });

  it('says when it cannot be followed, and asks our own rule', () => {
    const code = title.check(facts({ repo: repo({}, { commitlint: loadCommitlint('commitlint.config.js', null) }) }), {});
    expect(code).toMatchObject({
      status: 'pass',
      evidence: expect.stringContaining('`commitlint.config.js` is code, which is never run here'),
    });
    expect(under({ extends: '@acme/x' }, 'feat: x').evidence).toContain('builds on `@acme/x`, which is not read here');
    const faulty = under('{\n"rules": {"type-enum": [7]}}', 'nonsense');
    expect(faulty).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining('(line 2: `rules.type-enum` must be a list such as'),
    });
  });

  it('is switched off by an option', () => {
    expect(under({ rules: { 'scope-empty': [2, 'never'] } }, 'feat: x', { options: { commitlint: false } }).status).toBe('pass');
  });

  it.each([
    '✨ feat: add',
    'feat: ✨ add',
    '日本語',
    'feat: a\nb\r\nc',
    `feat: ${'é'.repeat(300)}`,
    '\u0000',
    '\u202E: x',
    '<!-- x -->',
    '@team `x`',
  ])('answers for %j', (text) => {
    const { evidence, mend } = under(conventional, text);
    expect(evidence).not.toMatch(/\n|(?<!`[^`]*)@team|\u202E/);
    expect(mend ?? '').not.toContain('\n');
  });
});
