/** A session's id from its date and title: safe as a git ref, at most 60 characters as a branch, unique (L5). */

const BRANCH_MAX = 60;

/**
 * @param day `YYYY-MM-DD`
 * @param taken ids that exist already
 * @param prefix of the branch, part of its 60 characters
 */
export function sessionId(day: string, title: string, taken: readonly string[], prefix: string): string {
  const room = Math.max(8, BRANCH_MAX - prefix.length - day.length - 1);
  const slug = slugOf(title);
  for (let nth = 1; ; nth++) {
    const suffix = nth === 1 ? '' : `-${nth}`;
    const id = `${day}-${cut(slug, room - suffix.length)}${suffix}`;
    if (!taken.includes(id)) return id;
  }
}

/** Letters of other scripts than Latin have no safe spelling here: a title of only those becomes `work`. */
function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'work' : plain;
}

/** Cuts at a word's end where that loses less than a third. */
function cut(slug: string, room: number): string {
  if (slug.length <= room) return slug;
  const hard = slug.slice(0, room);
  const word = hard.lastIndexOf('-');
  return (word > room * 0.66 ? hard.slice(0, word) : hard).replace(/-+$/, '');
}
