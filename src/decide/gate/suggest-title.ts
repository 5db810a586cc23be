/** A title that would pass: under our own rule, or under the repository's commitlint rules. */
import type { CommitlintRules } from '../../model/commitlint.ts';
import { lint } from './commitlint.ts';
import { suggestTitle } from './conventional.ts';

interface Under {
  types: readonly string[];
  rules: CommitlintRules | null;
  sessionType: string | null;
}

/** Null where it would be a guess, or where a rule wants what nobody can make up: a scope, fewer words. */
export function suggestFor(text: string, { types, rules, sessionType }: Under): string | null {
  if (rules === null) return suggestTitle(text, types, sessionType);
  const known = rules.rules.find(({ name, when }) => name === 'type-enum' && when === 'always')?.demand;
  const wish = suggestTitle(text, known?.kind === 'enum' ? known.values : types, sessionType);
  if (wish === null) return null;
  const [, prefix = '', first = '', rest = ''] = /^([^:]*: +)(.)(.*)$/.exec(wish) ?? [];
  // `Add it.` → `add it`; `API` stays.
  const lowered = /^\p{Lu}/u.test(rest) ? first : first.toLowerCase();
  const tidy = prefix.toLowerCase() + lowered + rest.replace(/\.+$/, '');
  const fits = (title: string) => !lint(title, rules).broken.some(({ level }) => level === 'error');
  return [wish, tidy].find(fits) ?? null;
}
