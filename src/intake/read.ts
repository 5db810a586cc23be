/** Reads from a payload that may be anything at all: what is not there, or not of its kind, is null. */

export function at(value: unknown, ...keys: string[]): unknown {
  let here = value;
  for (const key of keys) {
    if (typeof here !== 'object' || here === null || Array.isArray(here) || !Object.hasOwn(here, key)) return undefined;
    here = Reflect.get(here, key);
  }
  return here;
}

/** PostgreSQL takes neither NUL nor half a surrogate pair in its texts: both are cleaned away here, at the border. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : null;
}

/** A positive whole number: an id or an issue's number. */
export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function texts(values: unknown[]): string[] {
  return values.map(text).filter((value) => value !== null);
}

/** `owner/name`, or null for anything else. */
export function repoName(value: unknown): string | null {
  const name = text(value);
  return name !== null && /^[^\s/#@]+\/[^\s/#@]+$/.test(name) ? name : null;
}

/** Names of a subject's labels. */
export function labelNames(subject: unknown): string[] {
  return texts(list(at(subject, 'labels')).map((label) => at(label, 'name')));
}
