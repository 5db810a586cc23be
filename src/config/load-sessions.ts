/** A sweep's file → its sessions, or everything that is wrong with it (S2, W13). */
import type { SweepSession } from '../model/plan.ts';
import { type Parsed, parseSessions } from './parse-sessions.ts';
import { sessionReader } from './read-session.ts';
import { kindOf } from './yaml-source.ts';

/** More would only scroll the first ones away. */
const MOST_FAULTS = 1_000;

/** Something wrong in the file, said so that whoever wrote it can mend it. */
export interface SessionsFault {
  /** `[3].status`; empty for the file as a whole. */
  field: string;
  message: string;
  /** From 1; null when it is not known. */
  line: number | null;
}

export interface SessionsSource {
  text: string;
  format: 'json' | 'yaml' | 'either';
  /** ISO date, UTC: ages are counted from `started` to it. */
  today: string;
  /** Categories by their display name: a session's is shown in the same spelling. */
  categories: readonly string[];
}

/** Never throws; not one session is returned while anything is wrong. */
export function loadSessions(source: SessionsSource): { sessions: SweepSession[] } | { faults: SessionsFault[] } {
  const parsed = parseSessions(source.text, source.format);
  if ('message' in parsed) return { faults: [{ field: '', ...parsed }] };
  const list = listOf(parsed.value);
  if ('message' in list) return { faults: [{ field: '', message: list.message, line: null }] };
  const read = sessionReader(source.today, source.categories);
  const faults: Fault[] = [];
  const sessions = list.entries.map((value, index) => read(value, (key, message) => faults.push({ index, key, message })));
  faults.push(...doubles(sessions));
  if (faults.length > 0) return { faults: located(faults, parsed, list.under) };
  return { sessions: sessions.filter((session) => session !== null) };
}

interface Fault {
  index: number;
  /** As the file spells it, or would; null for the entry itself. */
  key: string | null;
  message: string;
}

/** The sessions are the file itself or stand under `sessions`. */
function listOf(value: unknown): { entries: unknown[]; under: string[] } | { message: string } {
  if (Array.isArray(value)) return { entries: value, under: [] };
  if (typeof value !== 'object' || value === null) return { message: `must be a list of sessions, not ${kindOf(value)}` };
  const limit = Object.keys(value).find((key) => /^(?:capacity|reserve(?:[_-]?slots?)?)$/i.test(key));
  if (limit !== undefined) {
    const option = /^c/i.test(limit) ? '--capacity' : '--reserve-slot';
    return { message: `has a ${limit} of its own, which is not read; give ${option}` };
  }
  if ('sessions' in value && Array.isArray(value.sessions)) return { entries: value.sessions, under: ['sessions'] };
  return { message: 'must be a list of sessions, or a map with such a list under "sessions"' };
}

/** Two open sessions of one name could not be told apart in the plan; archived ones are only counted. */
function doubles(sessions: (SweepSession | null)[]): Fault[] {
  const names = new Map<string, number>();
  return sessions.flatMap((session, index) => {
    if (session === null || session.status === 'archived') return [];
    const first = names.get(session.name);
    if (first === undefined) names.set(session.name, index);
    return first === undefined ? [] : [{ index, key: 'name', message: `"${session.name}" stands twice, first in [${first}]` }];
  });
}

function located(faults: Fault[], parsed: Extract<Parsed, { value: unknown }>, under: string[]): SessionsFault[] {
  const ordered = faults.toSorted((a, b) => a.index - b.index);
  const shown = ordered.slice(0, MOST_FAULTS).map(({ index, key, message }) => {
    const entry = [...under, index];
    const line = (key === null ? null : parsed.lineOf([...entry, key])) ?? parsed.lineOf(entry);
    return { field: `[${index}]${key === null ? '' : step(key)}`, message, line };
  });
  const more = faults.length - shown.length;
  return more > 0 ? [...shown, { field: '', message: `has ${more} more faults, not shown here`, line: null }] : shown;
}

function step(key: string): string {
  return /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
