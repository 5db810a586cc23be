/** How long a checklist of 200 steps takes: from the comment's text to ticks and progress. */
import { progress, readTicks } from '../src/decide/progress.ts';
import type { Playbook } from '../src/model/playbook.ts';
import { playbookComment } from '../src/render/playbook/playbook-comment.ts';
import { session } from '../test/decide/build.ts';
import type { Figure } from './figure.ts';
import { percentile } from './figure.ts';

const PHASES = 4;
const STEPS = 49;
const CRITERIA = 4;
const WARM_UP = 50;
const RUNS = 500;

export async function measureProgress(): Promise<Figure[]> {
  const playbook = bigPlaybook();
  const ids = playbook.phases.flatMap(({ steps }) => steps.map(({ id }) => id));
  const body = playbookComment(playbook, new Set(ids.filter((_, index) => index % 2 === 0)), session({ type: playbook.type }));
  // Someone who edits by hand may take ids away; then texts are compared, which is the slow way.
  const mangled = body.replace(/ <!-- step:p[12]-\S+ -->/g, '');
  return [
    {
      ...figure('progress of a checklist of 200 steps, 99th percentile', time(body, playbook)),
      goal: { is: 'at most', value: 5 },
    },
    figure('the same with half of the ids deleted', time(mangled, playbook)),
  ];
}

function figure(name: string, value: number): Figure {
  return { name, value, unit: 'ms', goal: null };
}

function time(body: string, playbook: Playbook): number {
  const times: number[] = [];
  for (let run = -WARM_UP; run < RUNS; run++) {
    const started = performance.now();
    const { done } = progress(playbook, readTicks(body, playbook).ticks);
    if (run >= 0) times.push(performance.now() - started);
    if (done !== (PHASES * STEPS) / 2) throw new Error(`${done} steps were counted`);
  }
  return percentile(times, 0.99);
}

function bigPlaybook(): Playbook {
  const step = (id: string) => ({
    id,
    text: `Look at ${id}, and \`note\` what you *find*.`,
    details: [`Once for ${id}`, 'And again'],
  });
  return {
    type: 'big',
    base: null,
    version: '1.0.0',
    title: 'Big',
    goal: 'Everything is looked at.',
    chooseFor: 'Look at everything',
    hours: { min: 1, max: 2 },
    reading: [],
    phases: Array.from({ length: PHASES }, (_, p) => ({
      id: `p${p}`,
      title: `Part ${p}`,
      minutes: { min: 1, max: 2 },
      steps: Array.from({ length: STEPS }, (_, s) => step(`p${p}-step-${s}`)),
    })),
    criteria: Array.from({ length: CRITERIA }, (_, c) => step(`criterion-${c}`)),
    commit: 'chore: look',
    gate: {},
  };
}
