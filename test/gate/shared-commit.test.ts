/** Several pull requests on one commit: one check run that shows the worst, the same whoever writes it, and at rest soon (G5). */

import { describe, expect, it } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { verdictOf } from '../../src/decide/gate/verdict.ts';
import { decidePull } from '../../src/decide/pull/decide-pull.ts';
import type { LaneFacts } from '../../src/model/lane-facts.ts';
import type { OwnCheck, PullFacts } from '../../src/model/pull-facts.ts';
import type { PullRecord } from '../../src/model/session.ts';
import type { ChangeInput, Trigger } from '../../src/model/trigger.ts';
import type { PullDetail, PullVerdict, Verdict, VerdictItem } from '../../src/model/verdict.ts';
import { checkOutput } from '../../src/render/gate/check-output.ts';
import { sharedDigest, sharedOutput, worstOf } from '../../src/render/gate/shared-commit.ts';
import { sizeOf } from '../../src/render/markdown.ts';
import * as lane from '../decide/build.ts';
import fc from '../properties.ts';
import { facts, playbook, pull, ran, repo, scan, session } from './facts.ts';

const GOOD = verdictOf(facts());
const TRIGGER: Trigger = {
  kind: 'subject',
  repo: lane.REPO,
  number: 5,
  installationId: 1,
  now: lane.NOW,
  guid: 'g',
  changes: [],
};
const BAD = verdictOf(facts({ pull: pull({ title: 'stuff' }) }));
const LATE = verdictOf(facts({ pull: pull({ checks: [ran('build', 'waiting')] }) }));
const OFF: Verdict = { state: 'neutral', headSha: pull().headSha, items: [] };
/** Two items are enough to see how it looks. */
const short = (verdict: Verdict) => ({ ...verdict, items: verdict.items.filter(({ id }) => id === 'title' || id === 'session') });
const on = (number: number, verdict: Verdict | null, title = `fix: part ${number}`): PullVerdict => ({ number, title, verdict });

it('one that is gone lets the others compose the check run without it', () => {
  const gone = (record: PullRecord | null, siblings: number[]) =>
    decide(TRIGGER, { kind: 'gone', now: lane.NOW, own: null, record, siblings, serving: [] })?.ledger.filter(
      ({ kind }) => kind === 'wake',
    );
  expect(gone(lane.record(), [8, 9])).toMatchObject([
    { lane: 'acme/shop#8', why: 'shared-commit' },
    { lane: 'acme/shop#9', why: 'shared-commit' },
  ]);
  expect(gone(lane.record({ state: 'closed' }), [8])).toEqual([]);
  expect(gone(null, [])).toEqual([]);
});

describe('the worst of them', () => {
  it.each([
    ['fail', [GOOD, LATE, BAD, null]],
    ['waiting', [GOOD, LATE]],
    ['waiting', [GOOD, null]],
    ['waiting', [OFF, null]],
    ['pass', [GOOD, OFF]],
    ['neutral', [OFF, OFF]],
  ] as const)('%s', (worst, verdicts) => {
    expect(worstOf(verdicts.map((verdict, index) => on(index, verdict)))).toBe(worst);
  });

  it.each([
    [[on(3, GOOD), on(4, BAD)], '2 pull requests share this commit. #4: 1 thing to mend: title'],
    [[on(3, BAD), on(4, BAD), on(5, GOOD)], '3 pull requests share this commit. #3 and #4 have things to mend'],
    [[on(3, GOOD), on(4, LATE)], '2 pull requests share this commit. #4: Waiting for CI: build'],
    [[on(3, LATE), on(4, null)], '2 pull requests share this commit. Waiting for #3 and #4'],
    [[on(3, GOOD), on(4, null)], '2 pull requests share this commit. #4: not looked at yet'],
    [[on(3, GOOD), on(4, GOOD)], '2 pull requests share this commit. Ready to ship: #3 and #4'],
    [[on(3, OFF), on(4, OFF)], '2 pull requests share this commit. Nothing is asked of #3 and #4'],
  ])('%#: says it in a line', (pulls, title) => expect(sharedOutput(pulls).title).toBe(title));
});

describe('what is shown', () => {
  it('reads well', async () => {
    const { title, summary, text, annotations } = sharedOutput([on(34, short(GOOD)), on(35, short(BAD)), on(36, null, '')]);
    expect(annotations).toEqual([]);
    await expect([`# ${title}`, summary, text].join('\n\n').concat('\n')).toMatchFileSnapshot('shared-commit.md');
  });

  it('never mentions or closes anything through a title', () => {
    const { summary } = sharedOutput([on(1, GOOD, 'closes #77 @alice | <!-- x'), on(2, null, '@bob')]);
    expect(summary).not.toMatch(/@alice|@bob|#77|<!--/);
    expect(summary.split('\n').filter((line) => line.startsWith('| #'))).toHaveLength(2);
  });

  it('marks a place once that both have, and 50 at most', () => {
    const secrets = Array.from({ length: 40 }, (_, index) => ({ path: 'a.json', line: index + 1, kind: 'token' }));
    const verdict = verdictOf(facts({ pull: pull({ scan: scan({ secrets }) }) }));
    expect(sharedOutput([on(1, verdict), on(2, verdict)]).annotations).toEqual(checkOutput(verdict).annotations);
    const other = verdictOf(
      facts({ pull: pull({ scan: scan({ secrets: secrets.map((one) => ({ ...one, path: 'b.json' })) }) }) }),
    );
    const both = sharedOutput([on(1, verdict), on(2, other)]);
    expect(both.annotations).toHaveLength(50);
    expect(both.summary).toContain('30 more places in the files could not be marked');
  });

  it('drops whole rows, the least urgent of all, and says how many', () => {
    const row = (index: number, status: VerdictItem['status']): VerdictItem => ({
      id: 'title',
      title: 'Title',
      level: 'required',
      status,
      evidence: `${index} ${'ä'.repeat(300)}`,
      mend: null,
      annotations: [],
    });
    const pulls = Array.from({ length: 100 }, (_, number) => {
      const items = [row(0, 'pass'), row(1, number % 10 === 0 ? 'fail' : 'pass')];
      return on(number + 1, { ...BAD, state: number % 10 === 0 ? 'fail' : 'pass', items }, 'ü'.repeat(200));
    });
    const { summary } = sharedOutput(pulls);
    expect(sizeOf(summary)).toBeLessThanOrEqual(65_535);
    const rows = summary.split('\n').filter((line) => line.startsWith('| Title |'));
    expect(rows.filter((line) => line.includes('❌'))).toHaveLength(10);
    expect(rows.every((line) => /^\| Title \| .* \| \d ä{300} \| {2}\|$/.test(line))).toBe(true);
    expect(summary).toContain(`_${200 - rows.length} rows left out`);
    const named = summary.split('\n').filter((line) => line.startsWith('| #'));
    expect(named.filter((line) => line.includes('❌'))).toHaveLength(10);
    expect(summary).toContain(`_${100 - named.length} rows left out`);
  });

  it('has a digest that changes with each verdict, title and number', () => {
    const base = [on(3, GOOD), on(4, BAD)];
    const others = [
      [on(3, GOOD), on(5, BAD)],
      [on(3, GOOD), on(4, null)],
      [on(3, GOOD, 'x'), on(4, BAD)],
      [on(3, { ...GOOD, items: GOOD.items.slice(1) }), on(4, BAD)],
    ];
    expect(sharedDigest(structuredClone(base))).toBe(sharedDigest(base));
    expect(new Set([base, ...others].map(sharedDigest)).size).toBe(5);
  });
});

/** The ledger and GitHub as the lanes of one commit see them. */
class World {
  readonly pulls = new Map<number, PullFacts>();
  events: ChangeInput[] = [];
  readonly details = new Map<number, PullDetail>();
  readonly waiting = new Set<number>();
  readonly timers = new Set<number>();
  /** Why it waits. */
  readonly why = new Map<number, Set<string>>();
  readonly checks = new Map<string, OwnCheck & { title: string; summary: string }>();
  writes = 0;

  get check() {
    return this.checks.get(pull().headSha);
  }

  put(number: number, more: Partial<PullFacts>): void {
    this.pulls.set(number, pull({ number, scan: scan({ headSha: more.headSha ?? pull().headSha }), ...more }));
    this.wake(number, 'pull_request.edited');
  }

  wake(number: number, event: string): void {
    this.waiting.add(number);
    this.why.set(number, (this.why.get(number) ?? new Set()).add(event));
  }

  /** Takes what waits in the lane, and looks. */
  gather(number: number): LaneFacts {
    this.waiting.delete(number);
    this.events = [...(this.why.get(number) ?? ['playcaller.shared-commit'])].map((event) => lane.change({ event }));
    this.why.delete(number);
    const own = this.pulls.get(number) ?? pull({ number });
    const others = [...this.pulls.values()].filter((other) => other.number !== number);
    const siblings = others.filter(({ state, headSha }) => state === 'open' && headSha === own.headSha);
    const seen = {
      ...own,
      siblings: siblings.map((one) => one.number).sort((a, b) => a - b),
      ownCheck: this.checks.get(own.headSha) ?? null,
    };
    return lane.facts({
      pull: seen,
      served: session(),
      repo: repo({}, { playbooks: [playbook()] }),
      detail: this.details.get(number) ?? null,
      siblings: seen.siblings.map((other) => {
        const detail = this.details.get(other);
        const verdict = detail?.headSha === own.headSha ? detail.verdict : null;
        const knows = detail?.headSha === own.headSha && (detail.pull.siblings ?? []).includes(number);
        return { number: other, title: detail?.pull.title ?? '', verdict, knows };
      }),
    });
  }

  /** Decides and commits; GitHub's part may come later, as requests cross on their way. */
  commit(number: number, given = this.gather(number)): () => void {
    const { effects } = decidePull(given, this.events);
    for (const effect of effects.ledger) {
      // The ledger keeps JSON.
      if (effect.kind === 'detail.save') this.details.set(number, JSON.parse(JSON.stringify(effect.detail)));
      if (effect.kind !== 'wake' || !effect.why.startsWith('shared-commit')) continue;
      const woken = Number(effect.lane.split('#')[1]);
      if (effect.at === undefined) this.wake(woken, `playcaller.${effect.why}`);
      else this.timers.add(woken);
    }
    return () => {
      for (const effect of effects.github) {
        if (effect.kind !== 'check.create' && effect.kind !== 'check.update') continue;
        this.writes += 1;
        const { headSha, externalId, status, conclusion, title, summary } = effect.output;
        this.checks.set(headSha, { id: 'CR', externalId, status, conclusion, title, summary });
      }
    };
  }

  settle(): void {
    for (let turns = 0; this.waiting.size + this.timers.size > 0; turns += 1) {
      if (turns > 50) throw new Error('the lanes wake each other without end');
      const [next] = this.waiting;
      if (next !== undefined) this.commit(next)();
      else this.fireTimers();
    }
  }

  fireTimers(): void {
    for (const number of this.timers) this.wake(number, 'playcaller.shared-commit-again');
    this.timers.clear();
  }
}

const MENDED = 'fix(cart): keep the voucher';

interface Step {
  number: number;
  title: string;
  state: 'open' | 'closed';
  head: string;
  crossing: 'none' | 'look' | 'write';
}

const at = (number: number, title: string, head: string, crossing: Step['crossing']): Step => {
  return { number, title, state: 'open', head, crossing };
};
/** #36 never gets to know #34, which looked at it every two minutes for ever. */
const NOT_KNOWN_AGAIN = [
  at(34, 'stuff', 'b', 'look'),
  at(34, MENDED, 'a', 'none'),
  at(36, MENDED, 'b', 'write'),
  at(34, 'stuff', 'b', 'look'),
  at(35, MENDED, 'a', 'write'),
];

describe('lanes of one commit', () => {
  function two(): World {
    const world = new World();
    world.put(34, { title: MENDED });
    world.put(35, { title: 'stuff', baseRef: 'release' });
    world.settle();
    return world;
  }

  it('end with one check that all would write', () => {
    const world = two();
    expect(world.check?.conclusion).toBe('failure');
    expect(world.check?.title).toBe('2 pull requests share this commit. #35: 1 thing to mend: title');
    const { writes } = world;
    for (const number of [34, 35]) world.commit(number)();
    expect([world.writes, world.waiting.size]).toEqual([writes, 0]);
  });

  it('one mended, one closed, one pushed: whoever is left has the check alone', () => {
    const world = two();
    world.put(35, { title: MENDED, baseRef: 'release' });
    world.settle();
    expect(world.check?.title).toContain('Ready to ship: #34 and #35');
    world.put(35, { title: 'stuff' });
    world.settle();
    expect(world.check?.conclusion).toBe('failure');
    world.put(35, { title: 'stuff', state: 'closed' });
    world.settle();
    expect([world.check?.conclusion, world.check?.title]).toEqual(['success', 'Ready to ship']);
    world.put(35, { title: 'stuff' });
    world.settle();
    expect(world.check?.conclusion).toBe('failure');
    world.put(35, { title: 'stuff', headSha: 'f'.repeat(40) });
    world.commit(35);
    expect([...world.waiting]).toEqual([34]);
    world.settle();
    expect(world.check?.title).toBe('Ready to ship');
  });

  it('one that nobody has looked at holds the check, and is looked at', () => {
    const world = two();
    world.put(36, {});
    world.waiting.clear();
    world.wake(34, 'pull_request.edited');
    world.commit(34)();
    expect(world.check?.title).toContain('#35');
    expect([...world.waiting]).toEqual([36]);
    world.put(35, { title: MENDED });
    world.waiting.delete(36);
    world.commit(35)();
    expect(world.check?.status).toBe('in-progress');
    world.settle();
    expect(world.check?.title).toContain('Ready to ship: #34, #35 and #36');
  });

  it('come to rest with the truth however their looks and writes cross', () => {
    const step = fc.record<Step>({
      number: fc.constantFrom(34, 35, 36),
      title: fc.constantFrom(MENDED, 'stuff', 'fix: other words'),
      state: fc.constantFrom('open', 'open', 'closed'),
      head: fc.constantFrom('a', 'a', 'a', 'b'),
      crossing: fc.constantFrom('none', 'look', 'write'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const world = new World();
        const inFlight = new Map<number, { facts: LaneFacts; write?: () => void }>();
        const land = (number: number) => {
          const flight = inFlight.get(number);
          inFlight.delete(number);
          if (flight) (flight.write ?? world.commit(number, flight.facts))();
        };
        for (const { number, title, state, head, crossing } of steps) {
          // One lane is handled once at a time; what comes meanwhile waits in it.
          land(number);
          world.put(number, { title, state, headSha: head.repeat(40) });
          if (crossing === 'look') inFlight.set(number, { facts: world.gather(number) });
          if (crossing === 'write') inFlight.set(number, { facts: world.gather(number), write: world.commit(number) });
        }
        for (const number of [...inFlight.keys()]) land(number);
        const shown = new World();
        for (const [number, one] of world.pulls) shown.put(number, one);
        for (const [number, detail] of world.details) shown.details.set(number, detail);
        const heads = [...world.pulls.values()].filter(({ state }) => state === 'open').map(({ headSha }) => headSha);
        world.settle();
        shown.settle();
        for (const head of heads) expect(world.checks.get(head)).toEqual(shown.checks.get(head));
      }),
      { numRuns: 500, examples: [[NOT_KNOWN_AGAIN]] },
    );
  });
});
