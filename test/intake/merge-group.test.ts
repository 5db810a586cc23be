/** What `merge_group` says: which pull request, which commit; and nothing for what it cannot name (G5). */
import { describe, expect, test } from 'vitest';
import { toInputs } from '../../src/intake/to-inputs.ts';

const OWN = { appId: 7, botLogin: 'playcaller[bot]' };
const BASE = 'b'.repeat(40);

function read(action: string, merge_group: unknown) {
  const home = {
    repository: { id: 1, full_name: 'acme/shop' },
    installation: { id: 5 },
    sender: { login: 'alice', type: 'User' },
  };
  return toInputs('merge_group', { ...home, action, merge_group }, OWN);
}
const group = (head_ref: string) => ({ head_sha: 'c1', head_ref });
const ref = `refs/heads/gh-readonly-queue/main/pr-20-${BASE}`;

describe('merge_group', () => {
  test('checks_requested: the pull request, with the commit by which its checks find it', () => {
    expect(read('checks_requested', group(ref))).toEqual([
      {
        repo: 'acme/shop',
        installationId: 5,
        address: { to: 'subject', number: 20, headSha: 'c1' },
        input: {
          kind: 'change',
          event: 'merge_group.checks_requested',
          sender: 'alice',
          labels: [],
          isPull: true,
          group: { headSha: 'c1', headRef: ref, ended: false },
        },
      },
    ]);
  });

  test('destroyed: the same, ended', () => {
    expect(read('destroyed', group(ref))).toMatchObject([
      { address: { to: 'subject', number: 20 }, input: { group: { headSha: 'c1', ended: true } } },
    ]);
  });

  test('a base with slashes, and one that looks like a queue', () => {
    for (const base of ['release/2.x', 'pr-7-x', 'gh-readonly-queue/main']) {
      const odd = `refs/heads/gh-readonly-queue/${base}/pr-20-${BASE}`;
      expect(read('checks_requested', group(odd))).toMatchObject([{ address: { number: 20 } }]);
    }
  });

  test.each(['refs/heads/main', `refs/heads/gh-readonly-queue/main/pr-0-${BASE}`, `x/${ref}`, `${ref}\n`, ''])(
    '%j: nothing',
    (odd) => {
      expect(read('checks_requested', group(odd))).toEqual([]);
    },
  );

  test('another action, or nothing in it: nothing', () => {
    expect(read('toasted', group(ref))).toEqual([]);
    expect(read('checks_requested', null)).toEqual([]);
  });
});
