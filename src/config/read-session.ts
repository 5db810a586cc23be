/** One entry of a sweep's file → a session, or what is wrong with it (S2, W13). */
import { categoryKey } from '../model/category.ts';
import type { SweepSession } from '../model/plan.ts';
import {
  fieldOf,
  type SessionEntry,
  type SessionField,
  SPELLING,
  sessionSchema,
  slipFinder,
  statusOf,
} from './sessions-schema.ts';
import { kindOf } from './yaml-source.ts';

/** `key` as the file spells it, or would; null for the entry itself. */
export type Say = (key: string | null, message: string) => void;
type Fields = Partial<Record<SessionField, unknown>>;

/** Made once for a file. `today`: ISO date, UTC, that ages are counted to; `categories`: their display names. */
export function sessionReader(today: string, categories: readonly string[]) {
  const slipOf = slipFinder();
  const spelling = new Map(categories.map((name) => [categoryKey(name), name]));

  /** The session is there even beside a slip in a key: its name counts. */
  return (value: unknown, say: Say): SweepSession | null => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      say(null, `must be a map with name and status, not ${kindOf(value)}`);
      return null;
    }
    const { fields, others } = sorted(value, say);
    for (const key of others) {
      // Other tools' keys may stand beside ours; one that looks like a field that is not given would be lost in silence.
      const meant = slipOf(key);
      if (meant !== null && !(meant in fields)) say(key, `is no key of a session (did you mean ${SPELLING[meant]}?)`);
    }
    if (lacksSteps(fields)) say(spelt(value, 'remainingSteps'), 'is missing: how many steps are left');
    const result = sessionSchema.safeParse(fields);
    if (result.success) return toSession(result.data, today, spelling);
    for (const { path, message } of result.error.issues) say(spelt(value, path[0] as SessionField), message);
    return null;
  };
}

/** The entry's fields in our spelling, and the keys that are none of ours. */
function sorted(entry: object, say: Say): { fields: Fields; others: string[] } {
  const fields: Fields = {};
  const others: string[] = [];
  for (const [key, value] of Object.entries(entry)) {
    const field = fieldOf(key);
    if (field === null) others.push(key);
    else if (field in fields) say(key, `says the same as "${spelt(entry, field)}"; keep one of them`);
    else fields[field] = value;
  }
  return { fields, others };
}

/** A field's key as this entry spells it, else as S2 does. */
function spelt(entry: object, field: SessionField): string {
  return Object.keys(entry).find((key) => fieldOf(key) === field) ?? SPELLING[field];
}

/** Without the number nobody knows how near to done it is; a pull request or an archived session needs none. */
function lacksSteps({ status, remainingSteps }: Fields): boolean {
  const missing = remainingSteps === undefined || remainingSteps === null;
  return missing && typeof status === 'string' && statusOf(status) === 'needs-more-work';
}

function toSession(entry: SessionEntry, today: string, spelling: Map<string, string>): SweepSession {
  const category = entry.category || null;
  const blocker = entry.blocker || null;
  return {
    name: entry.name,
    status: entry.status,
    category: category && (spelling.get(category) ?? spelling.get(categoryKey(category)) ?? category),
    remainingSteps: entry.remainingSteps ?? 0,
    blocked: entry.blocked ?? blocker !== null,
    blocker,
    ageDays: entry.ageDays ?? daysSince(entry.started ?? null, today),
  };
}

/** Whole days between two dates (UTC); never negative. */
function daysSince(started: string | null, today: string): number | null {
  if (started === null) return null;
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(started.slice(0, 10))) / 86_400_000));
}
