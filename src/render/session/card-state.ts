/** Writes the card's memory: one hidden line at its end, from which an emptied ledger is made again (docs/restore.md). */
import type { CardState, KeptPull, KeptSession } from '../../model/card-state.ts';
import type { Records } from '../../model/records.ts';
import type { Forgotten, PullRecord, Session, Transition, WorklogEntry } from '../../model/session.ts';
import { hiddenJson } from '../hidden-json.ts';
import { sizeOf } from '../markdown.ts';

export interface Remembered {
  session: Session;
  pulls: readonly PullRecord[];
  transitions: readonly Transition[];
  worklog: readonly WorklogEntry[];
}

/** GitHub takes 65,536 characters; counted in UTF-8 bytes to be on the safe side. */
const MAX_BODY = 65_000;
const LOG_LINES = 20;
/** As many as a card shows: they stay. */
const LOG_SHOWN = 8;
const MOVES_LEAST = 10;
/** The card shows 200 characters of a text at most, and looks at no more than 1,800 for them. */
const LONG_TEXT = 2000;
const SHORT_TEXT = 400;

/** The card with its memory; alone where even the least of it finds no room. Same ledger, same bytes. */
export function withCardState(card: string, remembered: Remembered): string {
  const room = MAX_BODY - sizeOf(card) - 2;
  const line = (state: CardState) => hiddenJson('state', state);
  const fits = (state: CardState) => line(state).length <= room;
  let state = whole(remembered);
  for (const less of [onlyItsOwn, lessLog, shorterThan(LONG_TEXT), lessRecords, lessMoves, shorterThan(SHORT_TEXT)]) {
    if (fits(state)) break;
    const { most, cut } = less(state);
    state = cut(leastOf(most, (amount) => fits(cut(amount))));
  }
  return fits(state) ? `${card}\n\n${line(state)}` : card;
}

/** The least amount from 1 to `most` that is enough; `most` when none is. More never takes more room than less. */
function leastOf(most: number, isEnough: (amount: number) => boolean): number {
  let low = Math.min(1, most);
  let high = most;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

/** A way to make a memory smaller, by any amount up to `most`; what goes is counted in `forgotten`. */
type Less = (state: CardState) => { most: number; cut(amount: number): CardState };

/** Without what every look at the issue reads anew; nothing is forgotten by that. */
const onlyItsOwn: Less = (state) => {
  const { criteria, children, scope, ...own } = state.session;
  return { most: 0, cut: () => ({ ...state, session: { ...own, criteria: [] } }) };
};

const lessLog: Less = (state) => ({
  most: Math.max(0, state.log.length - LOG_SHOWN),
  cut: (amount) => forget(state, { log: amount }, { log: state.log.slice(amount) }),
});

const lessMoves: Less = (state) => ({
  most: Math.max(0, state.moves.length - MOVES_LEAST),
  cut: (amount) => forget(state, { moves: amount }, { moves: state.moves.slice(amount) }),
});

/** The oldest entries go first, whichever list of the notebook they are in; what carries no time stays. */
const lessRecords: Less = (state) => {
  const { records } = state.session;
  const dated = Object.values(records)
    .flatMap((list: unknown) => (Array.isArray(list) ? list.filter(hasTime) : []))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const cut = (amount: number): CardState => {
    const gone = new Set<unknown>(dated.slice(0, amount));
    const left = Object.entries(records).map(([name, list]) => [
      name,
      Array.isArray(list) ? list.filter((each: unknown) => !gone.has(each)) : list,
    ]);
    const kept: Records = { ...records, ...Object.fromEntries(left) };
    return forget(state, { records: amount }, { session: { ...state.session, records: kept } });
  };
  return { most: dated.length, cut };
};

function hasTime(entry: unknown): entry is { at: string } {
  return typeof entry === 'object' && entry !== null && 'at' in entry && typeof entry.at === 'string';
}

function shorterThan(max: number): Less {
  return (state) => {
    let texts = 0;
    const clip = (_key: string, value: unknown) => {
      if (typeof value !== 'string' || value.length <= max) return value;
      texts += 1;
      return value.slice(0, max).toWellFormed();
    };
    const shorter: CardState = JSON.parse(JSON.stringify(state, clip));
    return { most: 0, cut: () => (texts > 0 ? forget(state, { texts }, shorter) : state) };
  };
}

function forget(state: CardState, went: Partial<Forgotten>, left: Partial<CardState>): CardState {
  if (Object.values(went).every((amount) => amount === 0)) return state;
  const next = { ...state, ...left };
  const { log = 0, records = 0, moves = 0, texts = 0 } = state.session.forgotten ?? {};
  const forgotten: Forgotten = {
    log: log + (went.log ?? 0),
    records: records + (went.records ?? 0),
    moves: moves + (went.moves ?? 0),
    texts: texts + (went.texts ?? 0),
  };
  return { ...next, session: { ...next.session, forgotten } };
}

function whole({ session, pulls, transitions, worklog }: Remembered): CardState {
  return {
    v: 1,
    session: keptSession(session),
    pulls: [...pulls].sort((a, b) => a.number - b.number).map(keptPull),
    moves: transitions.map(({ from, to, who, why, at }) => ({ from, to, who, why, at })),
    log: worklog.slice(-LOG_LINES).map(({ key, who, text, at }) => ({ key, who, text, at })),
  };
}

/** A field that is new to sessions is remembered without a word here; the reader's schema must name it. */
function keptSession(all: Session): KeptSession {
  const { repo, number, subjectId, onPull, title, url, version, ...kept } = all;
  return kept;
}

/** What the gate said of a closed one shows nowhere, and comes and goes with the order of events. */
function keptPull({ number, id, state, draft, headSha, headRef, verdict, open }: PullRecord): KeptPull {
  const judged = state === 'open' ? { verdict, open } : { verdict: null, open: [] };
  return { number, id, state, draft, headSha, headRef, ...judged };
}
