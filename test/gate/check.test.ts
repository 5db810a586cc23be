/** The check run of a verdict: made once, written on difference, answered anew when asked, marked once (G1, G6). */
import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../src/decide/gate/verdict.ts';
import { checkEffects } from '../../src/decide/pull/check.ts';
import type { CheckOutput } from '../../src/model/effect.ts';
import type { OwnCheck, PullFacts } from '../../src/model/pull-facts.ts';
import type { ChangeInput } from '../../src/model/trigger.ts';
import { change } from '../decide/build.ts';
import { facts, HEAD, pull, scan } from './facts.ts';

const SECRET = { path: 'a.ts', line: 3, kind: 'AWS key' };

function effects(of: Partial<PullFacts>, own: OwnCheck | null, changes: ChangeInput[] = []) {
  const given = facts({ pull: pull({ ...of, ownCheck: own }) });
  return checkEffects([{ number: 34, title: 'fix: x', verdict: verdictOf(given) }], given.pull, given.repo, changes);
}
const outputOf = (of: Partial<PullFacts>): CheckOutput => {
  const [effect] = effects(of, null);
  if (effect?.kind !== 'check.create') throw new Error('no check is made');
  return effect.output;
};
/** As GitHub shows it after it was written. */
const written = (of: Partial<PullFacts>, id = 'CR_1'): OwnCheck => {
  const { status, conclusion, externalId } = outputOf(of);
  return { id, status, conclusion, externalId };
};

describe('asked for again', () => {
  const again = (run: string | null, sha = HEAD) => [change({ event: 'check_run.rerequested', again: { run, sha } })];

  it('a new run, even where it says the same', () => {
    expect(effects({}, written({}), again('CR_1'))).toMatchObject([{ kind: 'check.create' }]);
    expect(effects({}, written({}), again(null))).toMatchObject([{ kind: 'check.create' }]);
  });

  it('not twice, when the answer was lost on its way or another lane gave it', () => {
    expect(effects({}, written({}, 'CR_2'), again('CR_1'))).toEqual([]);
  });

  it('not for a commit that is the head no more', () => {
    expect(effects({}, written({}), again('CR_9', 'f'.repeat(40)))).toEqual([]);
    expect(effects({}, written({}), again(null, 'f'.repeat(40)))).toEqual([]);
  });
});

describe('marks in the files', () => {
  const found = { scan: scan({ secrets: [SECRET] }) };
  const other = { scan: scan({ secrets: [{ ...SECRET, line: 4 }] }) };

  it('come with the first write, and not again while they stay', () => {
    expect(outputOf(found).annotations).toHaveLength(1);
    const [update] = effects({ ...found, title: 'stuff' }, written(found));
    expect(update).toMatchObject({ kind: 'check.update' });
    expect(update).not.toHaveProperty('annotate');
  });

  it('are added to a run that has none, as when the item comes into force', () => {
    expect(effects(found, written({}))).toMatchObject([{ kind: 'check.update', annotate: true }]);
    expect(effects(found, written(found))).toEqual([]);
  });

  it('others, or none any more: a new run, for GitHub takes none away', () => {
    expect(effects(other, written(found))).toMatchObject([{ kind: 'check.create' }]);
    expect(effects({}, written(found))).toMatchObject([{ kind: 'check.create' }]);
  });
});
