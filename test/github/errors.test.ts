/** Sorting by what to do: each status and header that GitHub documents. */
import { describe, expect, test } from 'vitest';
import type { FailedCall } from '../../src/github/errors.ts';
import { sortFailure, sortGraphqlErrors, waitFromHeaders } from '../../src/github/errors.ts';

const NOW = Date.parse('2026-03-02T06:00:00.000Z');

function sort(status: number, message = '', headers: FailedCall['headers'] = {}) {
  return sortFailure({ what: 'GET /x', status, message, headers, dropped: false }, NOW);
}

test.each([
  [404, '', 'gone'],
  [410, 'Issues are disabled', 'gone'],
  [451, '', 'gone'],
  [403, 'This installation has been suspended', 'gone'],
  [403, 'Repository was archived so is read-only.', 'gone'],
  [403, 'Resource not accessible by integration', 'refused'],
  [401, 'Bad credentials', 'refused'],
  [422, 'Validation Failed', 'refused'],
  [409, 'Git Repository is empty.', 'refused'],
  [408, '', 'unavailable'],
  [500, '', 'unavailable'],
  [502, '', 'unavailable'],
  [503, '', 'unavailable'],
  [400, '', 'broken'],
  [406, '', 'broken'],
  [0, 'x is not a function', 'broken'],
])('%d %s: %s', (status, message, kind) => {
  expect(sort(status, message).kind).toBe(kind);
});

test('no answer at all is an outage', () => {
  expect(sortFailure({ what: 'GET /x', status: 0, message: '', headers: {}, dropped: true }, NOW).kind).toBe('unavailable');
});

describe('until when', () => {
  test.each([
    ['retry-after in seconds', 403, '', { 'retry-after': '30' }, 30_000],
    ['retry-after as a date', 429, '', { 'retry-after': 'Mon, 02 Mar 2026 06:01:00 GMT' }, 60_000],
    [
      'a used-up quota',
      403,
      'API rate limit exceeded',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 90) },
      91_000,
    ],
    [
      'retry-after before the quota',
      429,
      '',
      { 'retry-after': '5', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '99' },
      5_000,
    ],
    ['a secondary limit that names no time', 403, 'You have exceeded a secondary rate limit', {}, 60_000],
    ['abuse detection', 403, 'You have triggered an abuse detection mechanism', {}, 60_000],
    ['429 that names no time', 429, '', {}, 60_000],
    ['a time that is over', 429, '', { 'retry-after': '0' }, 1_000],
  ])('%s', (_, status, message, headers, ms) => {
    expect(sort(status, message, headers)).toMatchObject({ kind: 'rate-limited', untilMs: NOW + ms });
  });

  test('a quota that is not used up says nothing', () => {
    expect(waitFromHeaders({ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '99' }, NOW)).toBeNull();
    expect(sort(403, 'no', { 'x-ratelimit-remaining': '4999' }).kind).toBe('refused');
  });
});

test('GraphQL errors that are the caller’s to read are left alone', () => {
  const errors = [{ type: 'FORBIDDEN', path: 'a', message: 'Resource not accessible by integration' }];
  expect(sortGraphqlErrors('query X', errors, {}, NOW)).toBeNull();
});
