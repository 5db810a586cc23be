/** Who is told of as having done what on a pull request: by the event itself, whatever came along. */
import { expect, test } from 'vitest';
import { seen } from '../../src/decide/pull/record.ts';
import type { PullRecord } from '../../src/model/session.ts';
import { pull } from '../gate/facts.ts';
import { change, NOW, record } from './build.ts';

const facts = { pull: pull({ author: { login: 'bob', bot: false } }), now: NOW };
const came = [
  change({ event: 'pull_request.synchronize', sender: 'carol' }),
  change({ event: 'pull_request.closed', sender: 'dave' }),
  change({ event: 'check_run.completed', sender: 'ci[bot]' }),
  change({ event: 'issue_comment.created', sender: 'mallory' }),
];
const before = record({ session: 12, headSha: 'aaaaaaaaaa', verdict: 'waiting' });

test.each<[string, PullRecord | null, Partial<PullRecord>, typeof came, string]>([
  ['opened', null, {}, came, 'bob'],
  ['pushed', before, { headSha: 'bbbbbbbbbb' }, came, 'carol'],
  ['pushed, its event lost', before, { headSha: 'bbbbbbbbbb' }, came.slice(2), 'bob'],
  ['closed', before, { state: 'closed' }, came, 'dave'],
  ['merged', before, { state: 'merged' }, came, 'dave'],
  ['judged', before, { verdict: 'pass' }, came, 'Playcaller'],
])('%s', (_, was, now, changes, who) => {
  const entries = seen(was, { ...before, ...now }, facts, changes);
  expect(entries.map((entry) => entry.who)).toEqual([who]);
});
