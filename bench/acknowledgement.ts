/** Durable acknowledgement against a bare Probot app: the same payloads, the same connections, in turns. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { smallGitHub } from '../test/start/app-process.ts';
import type { Figure } from './figure.ts';
import { percentile } from './figure.ts';
import type { Load } from './load.ts';
import { examplePayloads, flatOut, steady } from './load.ts';
import type { Measured } from './processes.ts';
import { SECRET, startMeasured } from './processes.ts';

/** One start of a process is luckier with its memory and its compiled code than the next, on either side. */
const STARTS = 4;
/** Many short ones: what else the machine does then falls on both sides alike. */
const ROUNDS = 30;
const REQUESTS = 600;
/** Rounds before that: a server has run for days, and its code is compiled. */
const WARM_UP = 25;
const SETTLE_MS = 100;

const SUBSCRIBED = new Set<string>(parse(readFileSync(new URL('../app.yml', import.meta.url), 'utf8')).default_events);

export async function measureAcknowledgement(): Promise<Figure[]> {
  const all = examplePayloads(SECRET);
  const subscribed = all.filter(({ event }) => SUBSCRIBED.has(event));
  const onAll: Rates[] = [];
  const onSubscribed: Rates[] = [];
  const waits = { ours: 0, bare: 0 };
  for (let start = 0; start < STARTS; start++) {
    await withApps(async ({ ours, bare }) => {
      onAll.push(...(await inTurns({ url: ours, payloads: all }, { url: bare, payloads: all })));
      onSubscribed.push(...(await inTurns({ url: ours, payloads: subscribed }, { url: bare, payloads: subscribed })));
      if (start > 0) return;
      waits.ours = await steady({ url: ours, payloads: all }, 200, 10);
      waits.bare = await steady({ url: bare, payloads: all }, 200, 10);
    });
  }
  return [
    ...ratios("GitHub's examples", onAll, { is: 'at least', value: 1 }),
    rate('durable', onAll, 'ours'),
    rate('bare Probot', onAll, 'bare'),
    { name: 'acknowledgement p99 at 200/s, durable', value: waits.ours, unit: 'ms', goal: { is: 'at most', value: 50 } },
    { name: 'acknowledgement p99 at 200/s, bare Probot', value: waits.bare, unit: 'ms', goal: null },
    // More than half of these are stored; of all examples one in five.
    ...ratios('only events in app.yml', onSubscribed, null),
  ];
}

/** Both apps, just started, by their addresses. */
async function withApps(measure: (urls: { ours: string; bare: string }) => Promise<void>): Promise<void> {
  const github = await smallGitHub();
  const ours = await startMeasured('../src/main.ts', '/readyz', github.env);
  const bare = await startMeasured('./bare-probot.ts', '/ping');
  const urlOf = (app: Measured) => `${app.origin}/api/github/webhooks`;
  try {
    await measure({ ours: urlOf(ours), bare: urlOf(bare) });
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
    await github.close();
  }
}

/** Requests per second. */
interface Rates {
  ours: number;
  bare: number;
}

/** Each goes first as often as second, once both are warm. */
async function inTurns(ours: Load, bare: Load): Promise<Rates[]> {
  for (const load of [ours, bare]) for (let times = 0; times < WARM_UP; times++) await flatOut(load, REQUESTS);
  const rates: Rates[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (round % 2 === 0) rates.push({ ours: await alone(ours), bare: await alone(bare) });
    else rates.push({ bare: await alone(bare), ours: await alone(ours) });
  }
  return rates;
}

function ratios(load: string, rates: Rates[], goal: Figure['goal']): Figure[] {
  const name = `acknowledged per second, ÷ bare Probot, ${load}`;
  const ratio = (share: number) =>
    percentile(
      rates.map(({ ours, bare }) => ours / bare),
      share,
    );
  return [
    { name: `${name}, median of ${rates.length} rounds`, value: ratio(0.5), unit: '×', goal },
    { name: `${name}, lower quartile`, value: ratio(0.25), unit: '×', goal: null },
    { name: `${name}, upper quartile`, value: ratio(0.75), unit: '×', goal: null },
  ];
}

function rate(who: string, rates: Rates[], side: keyof Rates): Figure {
  const all = rates.map((one) => one[side]);
  return { name: `acknowledged per second, ${who}`, value: percentile(all, 0.5), unit: '/s', goal: null };
}

/** What the one before left behind must not slow the next one down. */
async function alone(load: Load): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return flatOut(load, REQUESTS);
}
