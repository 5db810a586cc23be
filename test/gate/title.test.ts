/** Gate item "title": the form, the suggestion, and what a squash lands. */
import { describe, expect, it } from 'vitest';
import { GATE_OPTIONS } from '../../src/config/gate-options.ts';
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
