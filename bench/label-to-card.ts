/** From the label to the card: GitHub's answer to alice, until the sandbox has the card. GitHub answers in 0 ms. */
import { commitFile, label, openIssues } from '../src/sandbox/story/hands.ts';
import { CARD } from '../src/sandbox/story/looks.ts';
import type { Figure } from './figure.ts';
import { percentile } from './figure.ts';
import { type Sandboxed, startSandboxed } from './sandboxed.ts';

const SESSIONS = 50;
/** They make the repository's labels and load what the app loads with its first work. */
const WARM_UP = 3;

export async function measureLabelToCard(): Promise<Figure[]> {
  const parts = await startSandboxed();
  try {
    const { alice, seen, settled } = parts;
    const config = `version: 1\ncapacity: ${SESSIONS + WARM_UP + 1}\nreserve: 1\n`;
    await commitFile(alice, 'main', '.github/playcaller.yml', config, 'chore: room for all');
    const issues = await openIssues(
      alice,
      Array.from({ length: SESSIONS + WARM_UP }, (_, index) => `Totals are wrong, part ${index}`),
    );
    const times: number[] = [];
    for (const issue of issues) {
      await settled();
      const card = nextCard(parts);
      await label(alice, issue, 'session:bug-fix');
      const answered = performance.now();
      times.push((await seen(card)) - answered);
    }
    const measured = times.slice(WARM_UP);
    const goal = { is: 'at most', value: 100 } as const;
    return [
      { name: `label → card, p50 of ${SESSIONS}`, value: percentile(measured, 0.5), unit: 'ms', goal },
      { name: `label → card, p95 of ${SESSIONS}`, value: percentile(measured, 0.95), unit: 'ms', goal: null },
    ];
  } finally {
    await parts.close();
  }
}

/** The moment at which the sandbox gets the next card. */
function nextCard({ engine }: Sandboxed): Promise<number> {
  const { emit } = engine;
  return new Promise((resolve) => {
    engine.emit = (happening) => {
      emit(happening);
      if (happening.event !== 'issue_comment' || happening.action !== 'created') return;
      if (!JSON.stringify(happening.payload.comment).includes(CARD)) return;
      resolve(performance.now());
      engine.emit = emit;
    };
  });
}
