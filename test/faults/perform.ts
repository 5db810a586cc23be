/** One performance of a history: calm, or on rough seas; ends settled, in calm weather, after a sweep. */
import { randomFrom } from '../suite.ts';
import type { Round } from './history.ts';
import { mixture } from './mixture.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { type Played, play } from './play.ts';
import { RELIABLE } from './post-office.ts';
import { type Stage, setStage, TIMEOUT_MS } from './stage.ts';

export interface Weather {
  /** Share of the app's calls that are hit. */
  faults: number;
  /** Deliveries come late, twice, out of order or never. */
  post: boolean;
}

export const CALM: Weather = { faults: 0, post: false };
export const ROUGH: Weather = { faults: 0.3, post: true };

/** A Monday. */
const DAYS = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-09', '2026-03-10', '2026-03-11'];
/** In the evening: what was lost is healed on the day on which it was done, of which the session's name speaks. */
export const CONFIGURATION = 'version: 1\nsweep:\n  schedule: "0 17 * * *"\n';
const ROUGH_POST = { lost: 0.2, twice: 0.2, late: 0.1, delayMs: 60 };

export interface Performance {
  outcome: Outcome;
  parked: string[];
  /** The app's log. */
  lines: string[];
  figures: Record<string, number>;
  /** Tries of the app that failed. */
  harmed: number;
}

export async function perform(history: readonly Round[], weather: Weather, seed: number): Promise<Performance> {
  const stage = await setStage(`${DAYS[0]}T08:00:00Z`, CONFIGURATION);
  try {
    await stage.team.alice.rest.issues.create({
      owner: 'acme',
      repo: 'shop',
      title: 'Where all begins',
      labels: ['session:documentation'],
    });
    await stage.known();
    await live(stage, history, weather, seed);
    const parked = await stage.store.inbox.parked(10);
    return {
      outcome: outcomeOf(stage, DAYS[history.length] ?? ''),
      parked: parked.map(({ lane, error }) => `${lane}: ${error}`),
      lines: stage.lines,
      figures: { ...stage.post.figures() },
      harmed: stage.lines.filter((line) => /"outcome":"(retry|later)"/.test(line)).length,
    };
  } finally {
    await stage.close();
  }
}

async function live(stage: Stage, history: readonly Round[], weather: Weather, seed: number): Promise<void> {
  const random = randomFrom(seed);
  const played = new Map<number, Played>();
  await stage.faults(weather.faults > 0 ? mixture(weather.faults, seed, TIMEOUT_MS) : []);
  for (const [day, round] of history.entries()) {
    stage.post.behave(weather.post ? ROUGH_POST : RELIABLE, random);
    const last = round.actions.length - 1;
    for (const [index, action] of round.actions.entries()) {
      stage.times.tick();
      await play(action, played, stage.team);
      if (index === Math.floor(last / 2)) stage.post.handOverLate();
    }
    await stage.settled();
    for (const action of round.merges) {
      stage.times.tick();
      await play(action, played, stage.team);
      await stage.settled();
    }
    await stage.sweep(`${DAYS[day]}T17:00:00Z`);
    // What was healed may wait for a check that never comes: not over midnight.
    await stage.goTo(`${DAYS[day]}T20:00:00Z`);
    await stage.goTo(`${DAYS[day + 1]}T08:00:00Z`);
  }
  stage.post.behave(RELIABLE, random);
  stage.post.handOverLate();
  await stage.mended();
  await stage.settled();
  await stage.sweep(`${DAYS[history.length]}T17:00:00Z`);
  await stage.goTo(`${DAYS[history.length]}T20:00:00Z`);
}
