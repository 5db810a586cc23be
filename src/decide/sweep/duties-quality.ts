/** Checks to make reliable and trends to turn, as sessions of their own (W10). */
import { categoryKey } from '../../model/category.ts';
import type { Quality } from '../../model/sweep-figures.ts';
import { correctiveWords, deflakeWords } from '../../render/sweep/duty-words.ts';
import type { Draft } from './duties.ts';
import { keyPart, windowKey } from './duty-keys.ts';
import type { SweepView } from './sweep-view.ts';

/** Cycles within which such a session has begun (S2). */
const WITHIN = 2;
const CI = 'ci-stability';

/** One for each check, flaky ones first. */
export function deflakeDuties(view: SweepView, { flaky, slower }: Quality): Draft[] {
  const category = view.facts.repo.config.categories.find((name) => categoryKey(name) === CI) ?? null;
  const names = new Map([...flaky, ...slower].map(({ name }) => [keyPart(name), name]));
  return [...names].map(([part, name]): Draft => {
    const { key, first } = windowKey(`deflake:${part}`, view);
    const unsteady = flaky.find((one) => keyPart(one.name) === part) ?? null;
    const slow = slower.find((one) => keyPart(one.name) === part) ?? null;
    const type = unsteady ? 'bug-fix' : 'performance';
    return { kind: 'deflake', key, type, category, due: first + WITHIN, ...deflakeWords(name, unsteady, slow) };
  });
}

/** One for each category. */
export function correctiveDuties(view: SweepView, { drift }: Quality): Draft[] {
  const byCategory = Map.groupBy(drift, ({ category }) => categoryKey(category));
  return [...byCategory.values()].flatMap((drifts): Draft[] => {
    const category = drifts[0]?.category;
    if (category === undefined) return [];
    const { key, first } = windowKey(`corrective:${keyPart(category)}`, view);
    const type = drifts.some(({ kind }) => kind === 'coverage') ? 'quality-audit' : 'performance';
    return [{ kind: 'corrective', key, type, category, due: first + WITHIN, ...correctiveWords(category, drifts) }];
  });
}
