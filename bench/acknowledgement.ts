/** Durable acknowledgement against a bare Probot app: the same payloads, the same connections, in turns. */
import { smallGitHub } from '../test/start/app-process.ts';
import type { Figure } from './figure.ts';
import { percentile } from './figure.ts';
import type { Load } from './load.ts';
import { examplePayloads, flatOut, steady } from './load.ts';
import type { Measured } from './processes.ts';
import { SECRET, startMeasured } from './processes.ts';

const ROUNDS = 9;
const REQUESTS = 1_500;
const SETTLE_MS = 1_000;

export async function measureAcknowledgement(): Promise<Figure[]> {
  const payloads = examplePayloads(SECRET);
  const github = await smallGitHub();
  const apps = [await startMeasured('../src/main.ts', '/readyz', github.env), await startMeasured('./bare-probot.ts', '/ping')];
  const [ours, bare] = apps.map((app): Load => ({ url: `${app.origin}/api/github/webhooks`, payloads }));
  if (!ours || !bare) throw new Error('two apps were started');
  try {
    for (const load of [ours, bare]) await flatOut(load, REQUESTS);
    const rates: [number, number][] = [];
    for (let round = 0; round < ROUNDS; round++) rates.push([await alone(ours), await alone(bare)]);
    const [oursP99, bareP99] = [await steady(ours, 200, 10), await steady(bare, 200, 10)];
    return [
      {
        name: 'acknowledged per second, ÷ bare Probot',
        value: percentile(
          rates.map(([a, b]) => a / b),
          0.5,
        ),
        unit: '×',
        goal: { is: 'at least', value: 1 },
      },
      {
        name: 'acknowledged per second, durable',
        value: percentile(
          rates.map(([a]) => a),
          0.5,
        ),
        unit: '/s',
        goal: null,
      },
      {
        name: 'acknowledged per second, bare Probot',
        value: percentile(
          rates.map(([, b]) => b),
          0.5,
        ),
        unit: '/s',
        goal: null,
      },
      { name: 'acknowledgement p99 at 200/s, durable', value: oursP99, unit: 'ms', goal: { is: 'at most', value: 50 } },
      { name: 'acknowledgement p99 at 200/s, bare Probot', value: bareP99, unit: 'ms', goal: null },
    ];
  } finally {
    await Promise.all(apps.map((app: Measured) => app.stop()));
    await github.close();
  }
}

/** What the one before left behind must not slow the next one down. */
async function alone(load: Load): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return flatOut(load, REQUESTS);
}
