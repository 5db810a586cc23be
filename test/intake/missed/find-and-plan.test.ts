/** Which deliveries were missed, and what is done about them: pure, on plain lists (A2). */

import { describe, expect, test } from 'vitest';
import { addPage, nothingFound, OVERLAP_MS, readSince } from '../../../src/intake/missed/find-missed.ts';
import { planMissed } from '../../../src/intake/missed/plan-missed.ts';
import type { Attempt } from '../../../src/intake/missed/source.ts';
import fc from '../../properties.ts';
import { attempt, NOW } from './fake-list.ts';

const ago = (minutes: number): string => new Date(Date.parse(NOW) - minutes * 60_000).toISOString();
const READABLE = new Set(['issues', 'issue_comment', 'push', 'repository', 'check_run', 'merge_group']);
const readable = (event: string): boolean => READABLE.has(event);

function failedIn(attempts: Attempt[], since = ago(10_000)): string[] {
  const found = nothingFound();
  addPage(found, attempts, since, NOW);
  return [...found.failed.keys()].sort();
}

describe('which were never handed over', () => {
  test('those without any attempt that succeeded, whatever the order of the attempts', () => {
    const guid = 'twice';
    const [first, again] = [attempt(9, { guid }), attempt(3, { guid, redelivery: true, taken: true })];
    expect(failedIn([again, first])).toEqual([]);
    expect(failedIn([attempt(3, { guid, redelivery: true }), attempt(9, { guid, taken: true })])).toEqual([]);
    expect(failedIn([attempt(3, { guid, redelivery: true }), first])).toEqual([guid]);
    expect(failedIn([attempt(1, { guid: 'ok', taken: true }), attempt(2, { guid: 'lost' })])).toEqual(['lost']);
  });

  test('a success on the page before counts, and so does one on the page after', () => {
    const found = nothingFound();
    addPage(
      found,
      [attempt(1, { guid: 'a', redelivery: true, taken: true }), attempt(2, { guid: 'b', redelivery: true })],
      ago(60),
      NOW,
    );
    addPage(found, [attempt(8, { guid: 'a' }), attempt(9, { guid: 'b', taken: true })], ago(60), NOW);
    expect([...found.failed]).toEqual([]);
  });

  test('older pages are asked for until one reaches back before the last reading', () => {
    const found = nothingFound();
    expect(addPage(found, [attempt(1), attempt(5)], ago(10), NOW)).toBe(true);
    expect(addPage(found, [attempt(9), attempt(11)], ago(10), NOW)).toBe(false);
    expect(addPage(found, [], ago(10), NOW)).toBe(false);
    expect(found.failed.size).toBe(3);
    expect(found.listed).toBe(3);
  });

  test('the newest is remembered; one of the future counts as of now', () => {
    const found = nothingFound();
    const newest = attempt(2);
    addPage(found, [newest, attempt(4)], ago(10), NOW);
    expect(found.newest).toEqual({ id: newest.id, deliveredAt: newest.deliveredAt });
    addPage(found, [attempt(-600)], ago(10), NOW);
    expect(found.newest?.deliveredAt).toBe(NOW);
  });

  test('a reading looks a little further back than the last one saw, whatever the clocks did', () => {
    const back = (iso: string) => new Date(Date.parse(iso) - OVERLAP_MS).toISOString();
    expect(readSince(null, NOW)).toBe(back(NOW));
    expect(readSince({ id: '1', deliveredAt: ago(60) }, NOW)).toBe(back(ago(60)));
    expect(readSince({ id: '1', deliveredAt: ago(-60) }, NOW)).toBe(back(NOW));
  });

  test('property: however the list is cut into pages, the same is found as in one', () => {
    const one = fc.record({ guid: fc.constantFrom('a', 'b', 'c', 'd'), taken: fc.boolean(), minute: fc.nat(30) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), fc.integer({ min: 1, max: 7 }), (rows, size) => {
        const sorted = rows.sort((a, b) => b.minute - a.minute);
        const attempts = sorted.map(({ guid, taken }, index) => {
          const first = sorted.findLastIndex((each) => each.guid === guid) === index;
          return attempt(index, { guid, taken, redelivery: !first });
        });
        const paged = nothingFound();
        for (let from = 0; from < attempts.length; from += size)
          addPage(paged, attempts.slice(from, from + size), ago(1000), NOW);
        const never = new Set(rows.map(({ guid }) => guid));
        for (const { guid, taken } of rows) if (taken) never.delete(guid);
        expect([...paged.failed.keys()].sort()).toEqual([...never].sort());
        expect(failedIn(attempts)).toEqual([...never].sort());
      }),
    );
  });
});

describe('what is done about them', () => {
  const guids = (attempts: readonly Attempt[]): string[] => attempts.map(({ guid }) => guid);

  test('few are fetched one by one, oldest first; what concerns us never is left out', () => {
    const same = attempt(5).deliveredAt;
    const missed = [
      attempt(1, { guid: 'new' }),
      attempt(5, { guid: 'later', id: '1000', deliveredAt: same }),
      attempt(5, { guid: 'sooner', id: '999', deliveredAt: same }),
      attempt(9, { guid: 'old' }),
      attempt(9, { guid: 'star', event: 'star' }),
    ];
    expect(planMissed(missed, readable)).toEqual({ fetch: expect.anything(), looks: [] });
    expect(guids(planMissed(missed, readable).fetch)).toEqual(['old', 'sooner', 'later', 'new']);
  });

  test('very many: commands, names, buttons and queues one by one, and one look for each repository', () => {
    const command = attempt(4, { event: 'issue_comment', action: 'created' });
    const renamed = attempt(4, { event: 'repository', action: 'renamed' });
    const button = attempt(4, { event: 'check_run', action: 'requested_action' });
    const queue = attempt(4, { event: 'merge_group', action: 'checks_requested' });
    const nowhere = attempt(4, { repositoryId: null });
    const many = Array.from({ length: 50 }, (_, index) => attempt(10 + index, { repositoryId: 11 + (index % 3) }));
    const push = attempt(70, { event: 'push', action: null, repositoryId: 12 });
    const deleted = attempt(80, { event: 'issue_comment', action: 'deleted', repositoryId: 13 });
    const plan = planMissed([command, renamed, button, queue, nowhere, ...many, push, deleted], readable, 10);
    expect(guids(plan.fetch).sort()).toEqual(guids([command, renamed, button, queue, nowhere]).sort());
    expect(plan.looks.map(({ repositoryId, reason }) => [repositoryId, reason]).sort()).toEqual([
      [11, 'look'],
      [12, 'configuration'],
      [13, 'look'],
    ]);
    // Read again, the looks have the same GUIDs, whatever the order of the list.
    const again = planMissed([...many].reverse().concat(push, deleted), readable, 10);
    expect(new Set(again.looks.map(({ guid }) => guid))).toEqual(new Set(plan.looks.map(({ guid }) => guid)));
  });

  test('100,000 failed deliveries of 5,000 repositories cost no call each', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => attempt(index / 1000, { repositoryId: index % 5_000 || 5_000 }));
    const commands = Array.from({ length: 30 }, () => attempt(3, { event: 'issue_comment', action: 'created' }));
    const plan = planMissed([...many, ...commands], readable);
    expect(plan.fetch).toHaveLength(30);
    expect(plan.looks).toHaveLength(5_000);
  });
});
