/** A configuration that was merged: every open pull request is judged again, in pages (G4). */
import { describe, expect, test } from 'vitest';
import { decideBoard } from '../../src/decide/board.ts';
import type { BoardFacts } from '../../src/model/board-facts.ts';
import type { LedgerEffect } from '../../src/model/effect.ts';
import { boardFacts } from '../sweep/fixtures.ts';

const NOW = '2026-11-20T09:00:00.000Z';
const open = (count: number, some: Partial<BoardFacts['openPulls'][number]> = {}) =>
  Array.from({ length: count }, (_, index) => ({ number: index + 1, judged: true, waiting: false, ...some }));

function wakes(some: Partial<BoardFacts>, reason: 'configuration' | 'schedule' = 'configuration') {
  const { ledger } = decideBoard(boardFacts([], { now: NOW, ...some }), [reason]);
  return ledger.filter((effect): effect is Extract<LedgerEffect, { kind: 'wake' }> => effect.kind === 'wake' && !effect.board);
}

describe('open pull requests are looked at again', () => {
  test('none is left out, none is woken twice, the newest first', () => {
    const found = wakes({ openPulls: open(120) });
    expect(found.map(({ lane }) => lane)).toEqual(Array.from({ length: 120 }, (_, index) => `acme/shop#${120 - index}`));
  });

  test('fifty at once, the others minute by minute', () => {
    const pages = Object.entries(Object.groupBy(wakes({ openPulls: open(250) }), ({ at }) => at ?? 'at once'));
    expect(pages.map(([at, page]) => [at, page?.length])).toEqual([
      ['at once', 50],
      ['2026-11-20T09:01:00.000Z', 50],
      ['2026-11-20T09:02:00.000Z', 50],
      ['2026-11-20T09:03:00.000Z', 50],
      ['2026-11-20T09:04:00.000Z', 50],
    ]);
  });

  test('no configuration, no work: what is judged and does not wait is left alone', () => {
    expect(wakes({ openPulls: open(120) }, 'schedule')).toEqual([]);
  });

  test('what changed unheard is, whatever the reason', () => {
    expect(wakes({ openPulls: [...open(3), ...open(1, { number: 9, changed: true })] }, 'schedule')).toHaveLength(1);
  });

  test('what was never judged is, whatever the reason', () => {
    expect(wakes({ openPulls: open(3, { judged: false }) }, 'schedule')).toHaveLength(3);
  });
});

test('of many waiting verdicts each sweep takes the next ones, so that all have their turn', () => {
  const { cycle } = boardFacts([]);
  const seen = [1, 2, 3].map((number) =>
    wakes({ openPulls: open(50, { waiting: true }), cycle: { ...cycle, number } }, 'schedule').map(({ lane }) => lane),
  );
  expect(seen.map((lanes) => lanes.length)).toEqual([20, 20, 20]);
  expect(new Set(seen.flat()).size).toBe(50);
});
