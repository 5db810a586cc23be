/** Thirty pull requests at once, with 50 ms for each call to GitHub: when the first and the last have their verdict. */
import { commitFile } from '../src/sandbox/story/hands.ts';
import { SHOP } from '../src/sandbox/story/people.ts';
import type { Figure } from './figure.ts';
import { type Sandboxed, startSandboxed } from './sandboxed.ts';

const PULLS = 30;
const LATENCY_MS = 50;
const BOT = 'playcaller[bot]';

export async function measureBurst(): Promise<Figure[]> {
  const parts = await startSandboxed();
  try {
    const { bob, settled, url } = parts;
    const heads = Array.from({ length: PULLS }, (_, index) => `topic-${index}`);
    const main = await bob.rest.git.getRef({ ...SHOP, ref: 'heads/main' });
    for (const head of heads) {
      await bob.rest.git.createRef({ ...SHOP, ref: `refs/heads/${head}`, sha: main.data.object.sha });
      await commitFile(bob, head, `docs/${head}.md`, `# ${head}\n`, `docs: ${head}`);
    }
    await settled();
    await control(url, 'POST', 'faults', { latencyMs: LATENCY_MS, actor: BOT });
    await control(url, 'DELETE', 'calls');
    const verdicts = nextVerdicts(parts, PULLS);
    const started = performance.now();
    await Promise.all(
      heads.map((head) => bob.rest.pulls.create({ ...SHOP, head, base: 'main', title: `docs: ${head}`, body: '' })),
    );
    const times = (await parts.seen(verdicts)).map((at) => at - started);
    await settled();
    const report = await control(url, 'GET', `calls?actor=${encodeURIComponent(BOT)}`);
    const { total }: { total: number } = JSON.parse(report);
    const name = `${PULLS} pull requests at once, ${LATENCY_MS} ms a call`;
    return [
      { name: `${name}: first verdict`, value: Math.min(...times), unit: 'ms', goal: null },
      { name: `${name}: last verdict`, value: Math.max(...times), unit: 'ms', goal: null },
      { name: `${name}: calls for each`, value: total / PULLS, unit: '', goal: { is: 'at most', value: 3 } },
    ];
  } finally {
    await parts.close();
  }
}

/** The moments at which the sandbox gets the first verdict of each of so many commits. */
function nextVerdicts({ engine }: Sandboxed, wanted: number): Promise<number[]> {
  const { emit } = engine;
  const judged = new Map<string, number>();
  return new Promise((resolve) => {
    engine.emit = (happening) => {
      emit(happening);
      const { event, actor, payload } = happening;
      if (event !== 'check_run' || !('login' in actor) || actor.login !== BOT) return;
      const sha = /"head_sha":"([0-9a-f]{40})"/.exec(JSON.stringify(payload))?.[1] ?? '';
      if (!judged.has(sha)) judged.set(sha, performance.now());
      if (judged.size < wanted) return;
      resolve([...judged.values()]);
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
