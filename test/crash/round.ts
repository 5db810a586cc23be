/** One round: some acts, each in a fresh repository; the app dies in the middle, and once more now and then. */
import { type Act, acts } from './acts.ts';
import { drawStrike, type Strike, sendAssassin } from './assassin.ts';
import { compare, type Difference, essence } from './essence.ts';
import { type Hands, handsOf } from './hands.ts';
import type { CrashStage } from './stage.ts';

export interface Played {
  strikes: { strike: Strike; hit: boolean }[];
  acknowledged: number;
  duplicates: number;
  /** GUIDs that were acknowledged and forgotten. */
  lost: string[];
  /** By the act's name. */
  wrong: Record<string, Difference>;
}

/** What each act comes to without a crash, by day and name: ages are told in days, so it is played once a day. */
export type Calm = Map<string, string[]>;

const AGAIN = 0.25;
const DUPLICATES = 0.3;

export async function playRound(stage: CrashStage, calm: Calm, round: number, random: () => number): Promise<Played> {
  const cast = draw(random);
  await playCalm(
    stage,
    calm,
    cast.filter((act) => !calm.has(calmKey(act))),
  );
  const prepared = await prepare(stage, cast, `r${round}`);
  stage.forgetDeliveries();
  const strikes = [await dieIn(stage, drawStrike(random), () => Promise.all(prepared.map(({ act, hands }) => act.storm(hands))))];
  let duplicates = await revive(stage, random);
  if (random() < AGAIN) {
    strikes.push(
      await dieIn(stage, { ...drawStrike(random), nth: 1 }, async () => void stage.redeliver(() => random() < DUPLICATES)),
    );
    duplicates += await revive(stage, random);
  }
  await stage.settled();
  const wrong: Played['wrong'] = {};
  for (const { act, repo } of prepared) {
    const difference = compare(calm.get(calmKey(act)) ?? [], await essence(stage.alice, repo));
    if (difference.missing.length + difference.extra.length > 0) wrong[act.name] = difference;
  }
  const acknowledged = [...stage.deliveries().values()].filter(Boolean).length;
  return { strikes, acknowledged, duplicates, lost: stage.lost(), wrong };
}

const today = (): string => new Date().toISOString().slice(0, 10);
const calmKey = ({ name }: Act): string => `${today()} ${name}`;

async function playCalm(stage: CrashStage, calm: Calm, cast: readonly Act[]): Promise<void> {
  if (cast.length === 0) return;
  const prepared = await prepare(stage, cast, `calm-${today()}`);
  await Promise.all(prepared.map(({ act, hands }) => act.storm(hands)));
  await stage.settled();
  for (const { act, repo } of prepared) calm.set(calmKey(act), await essence(stage.alice, repo));
}

function draw(random: () => number): Act[] {
  const left = [...acts];
  const most = process.env.SUITE === 'long' ? 3 : 1;
  return Array.from({ length: 1 + Math.floor(random() * most) }, () => left.splice(Math.floor(random() * left.length), 1)).flat();
}

interface Prepared {
  act: Act;
  repo: string;
  hands: Hands;
}

async function prepare(stage: CrashStage, cast: readonly Act[], prefix: string): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  for (const act of cast) {
    const repo = `${prefix}-${act.name}`;
    await stage.alice.rest.repos.createInOrg({ org: 'acme', name: repo, auto_init: true });
    prepared.push({ act, repo, hands: handsOf(stage.alice, repo) });
  }
  await stage.settled();
  for (let step = 0; prepared.some(({ act }) => step < act.before.length); step += 1) {
    await Promise.all(prepared.map(({ act, hands }) => act.before[step]?.(hands)));
    await stage.settled();
  }
  return prepared;
}

/** Does the work while the assassin waits; kills at the end what nothing killed before. */
async function dieIn(stage: CrashStage, strike: Strike, work: () => Promise<unknown>): Promise<{ strike: Strike; hit: boolean }> {
  const assassin = sendAssassin(strike, stage.app, stage.between);
  const working = work();
  await Promise.race([assassin.struck, working.then(() => stage.settled()).catch(() => assassin.struck)]);
  const hit = await assassin.strikeNow();
  await working;
  return { strike, hit };
}

async function revive(stage: CrashStage, random: () => number): Promise<number> {
  await stage.leasesRunOut();
  await stage.app.start();
  const untaken = [...stage.deliveries().values()].filter((taken) => !taken).length;
  return stage.redeliver(() => random() < DUPLICATES) - untaken;
}
