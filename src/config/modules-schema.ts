/** The shape of the module registry (`.github/playcaller.modules.yml`), as people write it (P5). */
import { z } from 'zod';
import { MODULE_STATUSES } from '../model/module.ts';
import { didYouMean } from './suggest.ts';

const MOST_MODULES = 500;

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;

const id = z.string().max(60).regex(KEBAB, 'must be kebab-case: lower-case letters and digits, joined by "-"');

const module = z.strictObject({
  id: id.describe('Stable name: sessions and other modules refer to it.'),
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(ONE_LINE, 'must be one line without control characters')
    .describe('Name for people.'),
  status: z.enum(MODULE_STATUSES).describe('Whether it stands, stands in part, or is missing.'),
  depends: z.array(id).max(50).default([]).describe('Ids of the modules that it needs.'),
});

const shape = z.strictObject({
  modules: z.array(module).max(MOST_MODULES).describe('What the product is made of.'),
});

export const modulesSchema = shape.superRefine(({ modules }, context) => {
  const say = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
  const ids = modules.map((one) => one.id);
  const seen = new Set<string>();
  for (const [at, one] of modules.entries()) {
    if (seen.has(one.id)) say(['modules', at, 'id'], `the id "${one.id}" stands twice`);
    seen.add(one.id);
    for (const [nth, needed] of one.depends.entries()) {
      const path = ['modules', at, 'depends', nth];
      if (!ids.includes(needed)) say(path, `there is no module "${needed}"${didYouMean(needed, ids)}`);
      else if (one.depends.indexOf(needed) !== nth) say(path, `"${needed}" stands twice`);
    }
  }
  for (const circle of circles(modules)) {
    const at = ids.indexOf(circle[0] ?? '');
    const nth = modules[at]?.depends.indexOf(circle[1] ?? circle[0] ?? '') ?? 0;
    say(['modules', at, 'depends', nth], `depends on itself in a circle: ${[...circle, circle[0]].join(' → ')}`);
  }
});

/** Each circle once, from its member that stands first; link by link. */
function circles(modules: readonly z.infer<typeof module>[]): string[][] {
  const needs = new Map(modules.map((one) => [one.id, one.depends]));
  const done = new Set<string>();
  const found: string[][] = [];
  for (const { id: start } of modules) {
    // A walk of its own, not a recursion: 500 modules in one line would be deep.
    const path: string[] = [];
    const stack: { id: string; leave: boolean }[] = [{ id: start, leave: false }];
    for (let next = stack.pop(); next; next = stack.pop()) {
      if (next.leave) {
        done.add(path.pop() ?? '');
        continue;
      }
      const back = path.indexOf(next.id);
      if (back >= 0) found.push(path.slice(back));
      if (back >= 0 || done.has(next.id)) continue;
      path.push(next.id);
      stack.push({ id: next.id, leave: true });
      for (const needed of [...(needs.get(next.id) ?? [])].reverse()) stack.push({ id: needed, leave: false });
    }
  }
  return found;
}
