/** Durable acknowledgement against a bare Probot app: the same payloads, the same connections, in turns. */
import { smallGitHub } from '../test/start/app-process.ts';
import type { Figure } from './figure.ts';
import { percentile } from './figure.ts';
import type { Load } from './load.ts';
import { examplePayloads, flatOut, steady } from './load.ts';
import type { Measured } from './processes.ts';
import { SECRET, startMeasured } from './processes.ts';

/** Many short ones: what else the machine does then falls on both sides alike. */
const ROUNDS = 25;
const REQUESTS = 600;
const SETTLE_MS = 400;

export async function measureAcknowledgement(): Promise<Figure[]> {
  const payloads = examplePayloads(SECRET);
  const github = await smallGitHub();
  const apps = [await startMeasured('../src/main.ts', '/readyz', github.env), await startMeasured('./bare-probot.ts', '/ping')];
  const [ours, bare] = apps.map((app): Load => ({ url: `${app.origin}/api/github/webhooks`, payloads }));
  if (!ours || !bare) throw new Error('two apps were started');
  try {
    for (const load of [ours, bare]) for (let times = 0; times < 3; times++) await flatOut(load, REQUESTS);
    const rates = await inTurns(ours, bare);
    const [oursP99, bareP99] = [await steady(ours, 200, 10), await steady(bare, 200, 10)];
    const ratio = (share: number) => percentile(rates.map(ratioOf), share);
    const name = 'acknowledged per second, ÷ bare Probot';
    return [
      { name: `${name}, median of ${ROUNDS} rounds`, value: ratio(0.5), unit: '×', goal: { is: 'at least', value: 1 } },
      { name: `${name}, lower quartile`, value: ratio(0.25), unit: '×', goal: null },
      { name: `${name}, upper quartile`, value: ratio(0.75), unit: '×', goal: null },
      rate('durable', rates, 'ours'),
      rate('bare Probot', rates, 'bare'),
      { name: 'acknowledgement p99 at 200/s, durable', value: oursP99, unit: 'ms', goal: { is: 'at most', value: 50 } },
      { name: 'acknowledgement p99 at 200/s, bare Probot', value: bareP99, unit: 'ms', goal: null },
    ];
  } finally {
    await Promise.all(apps.map((app: Measured) => app.stop()));
    await github.close();
  }
}

/** Requests per second. */
interface Rates {
  ours: number;
  bare: number;
}

/** Each goes first as often as second. */
async function inTurns(ours: Load, bare: Load): Promise<Rates[]> {
  const rates: Rates[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (round % 2 === 0) rates.push({ ours: await alone(ours), bare: await alone(bare) });
    else rates.push({ bare: await alone(bare), ours: await alone(ours) });
  }
  return rates;
}

function ratioOf({ ours, bare }: Rates): number {
  return ours / bare;
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
