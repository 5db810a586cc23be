/** What one check found, for people and machines. */
export interface Finding {
  level: 'ok' | 'warning' | 'fault';
  /** What was looked at: `webhook`. */
  check: string;
  text: string;
  /** How to put it right: which page of GitHub, which variable. Null where nothing is to do. */
  mend: string | null;
}

export function ok(check: string, text: string): Finding {
  return { level: 'ok', check, text, mend: null };
}

export function warning(check: string, text: string, mend: string): Finding {
  return { level: 'warning', check, text, mend };
}

export function fault(check: string, text: string, mend: string): Finding {
  return { level: 'fault', check, text, mend };
}

/** `3 installations`, `1 installation` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** The first few of a list, and how many more there are. */
export function few(items: readonly string[], most = 5): string {
  const more = items.length - most;
  return `${items.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
