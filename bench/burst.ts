/** Many pull requests at once, with 50 ms for each call to GitHub: when the first and the last have their verdict. */
import { commitFile } from '../src/sandbox/story/hands.ts';
import { SHOP } from '../src/sandbox/story/people.ts';
import type { Figure } from './figure.ts';
import { percentile } from './figure.ts';
import { type Sandboxed, startSandboxed } from './sandboxed.ts';

const LATENCY_MS = 50;
const BOT = 'playcaller[bot]';
/** GitHub docs, "Rate limits for the REST API": content-creating requests a minute. */
const WRITES_PER_MINUTE = 80;
/** Loads what the app loads with its first work. */
const FIRST_WORK = 1;
const BURST = 30;
/** A burst of the same size came before, as in any service that has run for a minute; with it 60 of 80 writes are used. */
const RUN_IN = BURST;

/** Each with an app and a GitHub of its own. */
const ROUNDS = 5;
const MEDIAN = `, median of ${ROUNDS} rounds`;

interface Burst {
  /** ms */
  times: number[];
  /** For each pull request. */
  calls: number;
  name: string;
}

/** policy-bot's figures for 30 events, measured on one machine with five calls each: 0.2 s and 0.7 s. */
export async function measureBurst(): Promise<Figure[]> {
  const rounds = await inRounds(RUN_IN);
  const fresh = await inRounds(FIRST_WORK);
  const name = rounds[0]?.name ?? '';
  const first = (all: Burst[]) => all.map(({ times }) => Math.min(...times));
  const last = (all: Burst[]) => all.map(({ times }) => Math.max(...times));
  const figure = (what: string, value: number, goal: number | null = null): Figure => ({
    name: `${name}: ${what}`,
    value,
    unit: 'ms',
    goal: goal === null ? null : { is: 'at most', value: goal },
  });
  return [
    figure(`first verdict${MEDIAN}`, percentile(first(rounds), 0.5), 200),
    figure('first verdict, best', Math.min(...first(rounds))),
    figure(`last verdict${MEDIAN}`, percentile(last(rounds), 0.5), 700),
    figure('last verdict, best', Math.min(...last(rounds))),
    figure(`first verdict of a process that has just started${MEDIAN}`, percentile(first(fresh), 0.5), 200),
    figure(`last verdict of a process that has just started${MEDIAN}`, percentile(last(fresh), 0.5), 700),
    {
      name: `${name}: calls for each, most of the rounds`,
      value: Math.max(...rounds.map(({ calls }) => calls)),
      unit: '',
      goal: { is: 'at most', value: 3 },
    },
  ];
}

async function inRounds(warmUp: number): Promise<Burst[]> {
  const rounds: Burst[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await burst(BURST, warmUp));
  return rounds;
}

/** More than the limits let through at once: none may be lost, and the last comes as early as they allow. */
export async function measureStorm(): Promise<Figure[]> {
  const pulls = 300;
  const { times, name } = await burst(pulls, FIRST_WORK);
  // Full minutes to sit out before the last ones may be written; what was written to warm up counts as well.
  const earliest = Math.floor((pulls - 1 + FIRST_WORK) / WRITES_PER_MINUTE) * 60_000;
  const last = Math.max(...times);
  return [
    { name: `${name}: verdicts`, value: times.length, unit: '', goal: { is: 'at least', value: pulls } },
    { name: `${name}: first verdict`, value: Math.min(...times), unit: 'ms', goal: null },
    { name: `${name}: last verdict`, value: last / 1000, unit: 's', goal: null },
    {
      name: `${name}: last verdict ÷ earliest that the limit allows`,
      value: last / earliest,
      unit: '',
      goal: { is: 'at most', value: 1.05 },
    },
  ];
}

/** All pull requests are opened in the same moment; GitHub's published limit on writes is kept. */
async function burst(pulls: number, warmUp: number): Promise<Burst> {
  const parts = await startSandboxed(100_000, { GITHUB_WRITES_PER_MINUTE: String(WRITES_PER_MINUTE) });
  try {
    const { bob, settled, url } = parts;
    const heads = Array.from({ length: pulls + warmUp }, (_, index) => `topic-${index}`);
    const main = await bob.rest.git.getRef({ ...SHOP, ref: 'heads/main' });
    for (const head of heads) {
      await bob.rest.git.createRef({ ...SHOP, ref: `refs/heads/${head}`, sha: main.data.object.sha });
      await commitFile(bob, head, `docs/${head}.md`, `# ${head}\n`, `docs: ${head}`);
    }
    await Promise.all(heads.slice(0, warmUp).map((head) => open(parts, head)));
    await settled();
    await control(url, 'POST', 'faults', { latencyMs: LATENCY_MS, actor: BOT });
    await control(url, 'DELETE', 'calls');
    const held = holdEvents(parts);
    await Promise.all(heads.slice(warmUp).map((head) => open(parts, head)));
    const tell = held();
    const verdicts = nextVerdicts(parts, pulls);
    tell();
    const { sentAt, judgedAt } = await parts.seen(verdicts);
    const times = judgedAt.map((at) => at - sentAt);
    await settled();
    const report = await control(url, 'GET', `calls?actor=${encodeURIComponent(BOT)}`);
    const { total }: { total: number } = JSON.parse(report);
    return { times, calls: total / pulls, name: `${pulls} pull requests at once, ${LATENCY_MS} ms a call` };
  } finally {
    await parts.close();
  }
}

async function open({ bob }: Sandboxed, head: string): Promise<void> {
  await bob.rest.pulls.create({ ...SHOP, head, base: 'main', title: `docs: ${head}`, body: '' });
}

/**
 * What happens is told later, all at once: opening so many pull requests takes the sandbox longer than judging them.
 * @returns ends the holding, and gives back what tells
 */
function holdEvents({ engine }: Sandboxed): () => () => void {
  const { emit } = engine;
  const held: Parameters<typeof emit>[0][] = [];
  engine.emit = (happening) => void held.push(happening);
  return () => {
    engine.emit = emit;
    return () => {
      for (const happening of held) engine.emit(happening);
    };
  };
}

interface Moments {
  /** When the first event left the sandbox. */
  sentAt: number;
  /** When it got the first verdict of each commit. */
  judgedAt: number[];
}

function nextVerdicts({ engine }: Sandboxed, wanted: number): Promise<Moments> {
  const { emit } = engine;
  const judged = new Map<string, number>();
  let sentAt = 0;
  return new Promise((resolve) => {
    engine.emit = (happening) => {
      emit(happening);
      const { event, actor, payload } = happening;
      if (event === 'pull_request' && sentAt === 0) sentAt = performance.now();
      if (event !== 'check_run' || !('login' in actor) || actor.login !== BOT) return;
      const sha = /"head_sha":"([0-9a-f]{40})"/.exec(JSON.stringify(payload))?.[1] ?? '';
      if (!judged.has(sha)) judged.set(sha, performance.now());
      if (judged.size < wanted) return;
      resolve({ sentAt, judgedAt: [...judged.values()] });
      engine.emit = emit;
    };
  });
}

async function control(url: string, method: string, path: string, body?: unknown): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/_sandbox/${path}`, { method, headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text;
}
