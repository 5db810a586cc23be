/** Acts with pull requests: opened, pushed to, merged. */
import type { Act } from './acts.ts';
import type { Hands } from './hands.ts';

const BODY = '## What and why\n\nTotals add up.\n\n## Risk\n\nLow.\n\n## Testing\n\nUnit tests.\n';

const issue = (hands: Hands) => hands.issue('Totals are wrong', '', 'session:bug-fix');
const serving = (hands: Hands) => hands.pull('work', 'fix: totals', `Closes #1\n\n${BODY}`);

export const pullActs: Act[] = [
  { name: 'open-pull', before: [issue], storm: serving },
  { name: 'strange-pull', before: [], storm: (hands) => hands.pull('work', 'fix: totals', BODY) },
  {
    name: 'push',
    before: [issue, serving],
    storm: (hands) => hands.file('work', 'src/more.ts', 'export const more = 2;\n'),
  },
  {
    name: 'push-and-tick',
    before: [issue, serving],
    async storm(hands) {
      await hands.file('work', 'src/more.ts', 'export const more = 2;\n');
      await hands.tick(1, 2);
      await hands.say(1, '/session log Half of it is done');
    },
  },
  { name: 'retitle', before: [issue, serving], storm: (hands) => hands.edit(2, { title: 'Totals', body: 'Closes #1' }) },
  { name: 'merge', before: [issue, serving], storm: (hands) => hands.merge(2) },
  {
    name: 'archive',
    before: [(hands) => hands.file('main', '.github/playcaller.yml', 'version: 1\narchive:\n  path: sessions\n'), issue, serving],
    storm: (hands) => hands.merge(2),
  },
  { name: 'session-on-pull', before: [serving0], storm: (hands) => hands.label(1, 'session:refactoring') },
  {
    name: 'edit-config',
    before: [issue, serving],
    storm: (hands) => hands.file('work', '.github/playcaller.yml', 'version: 1\ncapacity: many\n'),
  },
  { name: 'waive-on-pull', before: [issue, serving], storm: (hands) => hands.say(2, '/session waive tests Covered elsewhere') },
];

function serving0(hands: Hands): Promise<number> {
  return hands.pull('work', 'refactor: totals', BODY);
}
