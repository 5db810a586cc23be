/** Data in a comment of ours that readers do not see: one line of JSON that can neither end its comment nor have any effect. */

/** Only ASCII, keys in order, what is empty left out: same data, same bytes. No mention, link or closing word stands in it. */
export function hiddenJson(name: string, data: object): string {
  const json = JSON.stringify(plain(data))
    .replace(/[^ -~]|[<>&@#]/g, escaped)
    .replace(/--/g, '-\\u002d');
  return `<!-- playcaller:${name} ${json} -->`;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Null, false and empty lists are what a reader takes for granted. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, each]) => !isEmpty(each));
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, plain(each)]));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0);
}
