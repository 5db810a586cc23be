/** The braces of a glob written out: `{a,b}/c` is `a/c` and `b/c`. */

/** At most `max` and one more. Every call gives at least one: the work is bounded by that. */
export function writeOut(glob: string, max: number): string[] {
  const group = firstGroup(glob);
  if (group === null) return [glob];
  const written: string[] = [];
  for (const part of group.parts) {
    written.push(...writeOut(group.before + part + group.after, max));
    if (written.length > max) break;
  }
  return written.slice(0, max + 1);
}

/** The first `{…}` with a comma in it; one without is meant as it stands. */
function firstGroup(glob: string): { before: string; parts: string[]; after: string } | null {
  for (let open = glob.indexOf('{'); open >= 0; open = glob.indexOf('{', open + 1)) {
    if (isEscaped(glob, open)) continue;
    const parts: string[] = [];
    let depth = 0;
    let from = open + 1;
    for (let at = open; at < glob.length; at++) {
      const char = glob[at];
      if (char === '\\') at++;
      else if (char === '{') depth++;
      else if (char === ',' && depth === 1) {
        parts.push(glob.slice(from, at));
        from = at + 1;
      } else if (char === '}' && --depth === 0) {
        if (parts.length === 0) break;
        return { before: glob.slice(0, open), parts: [...parts, glob.slice(from, at)], after: glob.slice(at + 1) };
      }
    }
  }
  return null;
}

function isEscaped(glob: string, at: number): boolean {
  let slashes = 0;
  while (glob[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}
