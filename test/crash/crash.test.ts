/** Nothing lost, nothing doubled: the real app is killed at points that are drawn, and comes to what it would have come to (A1–A3). */
import { expect, test } from 'vitest';
import { databaseUrl, engines } from '../store/worlds.ts';
import { length, randomFrom, suiteSeed } from '../suite.ts';
import { PHASES } from './assassin.ts';
import { type Calm, type Played, playRound } from './round.ts';
import { setCrashStage } from './stage.ts';

const rounds = length({ short: 3, long: 100 });
const seed = suiteSeed();
/** Room for a machine that has other work, too. */
const timeout = Math.max(180_000, rounds * 30_000);
const again = `SEED=${seed} ROUNDS=${rounds} npm run test:crash`;

/** The same on both engines, so it is played on one of them. */
const calm: Calm = new Map();

test.each(engines)(`$name: killed in ${rounds} rounds (${again})`, { timeout }, async ({ name }) => {
  const stage = await setCrashStage(name === 'PostgreSQL' ? databaseUrl : null);
  const played: Played[] = [];
  if (process.env.SUITE === 'long') console.info(`${name}: ${again}`);
  try {
    for (let round = 1; round <= rounds; round += 1) {
      // Each round draws by itself, so that how many numbers one took changes no other.
      const one = await playRound(stage, calm, round, randomFrom(seed + round));
      played.push(one);
      if (process.env.SUITE === 'long' && isWrong(one)) console.error(round, JSON.stringify(one, null, 1));
    }
  } finally {
    await stage.close();
  }
  if (process.env.SUITE === 'long') console.info(`${name}: ${told(played)}\n${again}`);
  expect(played.flatMap((one, at) => (isWrong(one) ? [{ round: at + 1, lost: one.lost, wrong: one.wrong }] : []))).toEqual([]);
});

const isWrong = ({ lost, wrong }: Played): boolean => lost.length > 0 || Object.keys(wrong).length > 0;

/** The figures of a run in one line. */
function told(played: readonly Played[]): string {
  const strikes = played.flatMap((one) => one.strikes);
  const by = PHASES.map((phase) => `${phase} ${strikes.filter(({ strike, hit }) => hit && strike.phase === phase).length}`);
  const sum = (of: (one: Played) => number) => played.reduce((total, one) => total + of(one), 0);
  const wrong = (part: 'missing' | 'extra') =>
    sum((one) => Object.values(one.wrong).reduce((total, difference) => total + difference[part].length, 0));
  return [
    `${played.length} rounds`,
    `${strikes.length} kills (${by.join(', ')}, at rest ${strikes.filter(({ hit }) => !hit).length})`,
    `${sum(({ acknowledged }) => acknowledged)} deliveries acknowledged, ${sum(({ duplicates }) => duplicates)} sent twice`,
    `lost ${sum(({ lost }) => lost.length) + wrong('missing')}, doubled ${wrong('extra')}`,
  ].join('; ');
}
