/** Lists what is parked, puts it back into its lanes, or throws it away. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Inbox, ParkedInput, ParkedWhich } from '../store/inbox-types.ts';
import { openStore, type StoreSettings } from '../store/open.ts';
import { SQLITE_FILE } from '../store/sqlite.ts';
import { dataOf, droppedReport, listReport, replayedReport } from './replay-report.ts';
import { safeJson } from './safe-json.ts';

export type Which =
  | { by: 'numbers'; seqs: number[] }
  | { by: 'all' }
  | { by: 'lane'; lane: string }
  | { by: 'repo'; repo: string }
  | { by: 'guid'; guid: string };

/** A mistyped path must not look like an app without any trouble. */
export class NoStore extends Error {
  override readonly name = 'NoStore';
}

/** Shown to a person; `--json` gives all. */
const LISTED = 50;
const EVERYTHING = 1_000_000;
/** In one transaction: the app goes on in between. */
const AT_ONCE = 500;

/** @returns the exit code. @throws {NoStore} and the store's own. */
export async function replayParked(
  settings: StoreSettings,
  which: Which | null,
  { drop, json }: { drop: boolean; json: boolean },
): Promise<number> {
  if (!settings.databaseUrl && !existsSync(join(resolve(settings.dataDir), SQLITE_FILE))) {
    throw new NoStore(
      `there is no ${SQLITE_FILE} in ${resolve(settings.dataDir)}. Set DATA_DIR or DATABASE_URL as the app has it.`,
    );
  }
  const store = await openStore(settings);
  try {
    if (which === null) return await list(store.inbox, json);
    return await (drop ? dropThem : replayThem)(store.inbox, which, json);
  } finally {
    await store.close();
  }
}

async function list(inbox: Inbox, json: boolean): Promise<number> {
  const found = await inbox.parked(json ? EVERYTHING : LISTED);
  const { parked } = await inbox.figures();
  process.stdout.write(json ? safeJson({ parked: found.map(dataOf) }) : listReport(found, parked));
  return 0;
}

async function replayThem(inbox: Inbox, which: Which, json: boolean): Promise<number> {
  const { done, missing } = await each(inbox, which, (seqs) => inbox.replay(seqs));
  const later = new Map<string, number>();
  for (const lane of new Set(done.map((one) => one.lane).slice(0, LISTED))) {
    const state = await inbox.lane(lane);
    if (state?.error) later.set(lane, state.dueMs);
  }
  process.stdout.write(json ? safeJson({ replayed: done.map(dataOf), missing }) : replayedReport(done, later));
  return missed(missing);
}

async function dropThem(inbox: Inbox, which: Which, json: boolean): Promise<number> {
  const { done, missing } = await each(inbox, which, (seqs) => inbox.drop(seqs));
  process.stdout.write(json ? safeJson({ dropped: done.map(dataOf), missing }) : droppedReport(done));
  return missed(missing);
}

/** Oldest first. What is parked anew meanwhile is not taken again: no more are done than there were at first. */
async function each(inbox: Inbox, which: Which, act: (seqs: number[]) => Promise<number>) {
  const filter = filterOf(which);
  const done: ParkedInput[] = [];
  const known = new Set((await inbox.parked(EVERYTHING, filter)).map(({ seq }) => seq));
  while (known.size > 0) {
    const seqs = [...known].slice(0, AT_ONCE);
    for (const seq of seqs) known.delete(seq);
    const found = await inbox.parked(AT_ONCE, { seqs });
    if ((await act(found.map(({ seq }) => seq))) > 0) done.push(...found);
  }
  const there = new Set(done.map(({ seq }) => seq));
  return { done, missing: which.by === 'numbers' ? which.seqs.filter((seq) => !there.has(seq)) : [] };
}

function filterOf(which: Which): ParkedWhich {
  switch (which.by) {
    case 'numbers':
      return { seqs: which.seqs };
    case 'lane':
      return { lane: which.lane };
    case 'repo':
      return { repo: which.repo };
    case 'guid':
      return { guid: which.guid };
    case 'all':
      return {};
  }
}

function missed(missing: number[]): number {
  if (missing.length === 0) return 0;
  process.stderr.write(
    `playcaller replay: nothing is parked under ${missing.map((seq) => `#${seq}`).join(', ')}. Without arguments it lists what is.\n`,
  );
  return 1;
}
