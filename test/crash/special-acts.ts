/** Acts of the board, of plans, and of sessions that make issues. */
import type { Act } from './acts.ts';
import type { Hands } from './hands.ts';

const session = (type: string) => (hands: Hands) => hands.issue('Totals are wrong', '', `session:${type}`);

async function family(hands: Hands): Promise<void> {
  await hands.issue('Rework the cart');
  const first = await hands.issue('Move the table', 'Estimate: 2h', 'session:feature');
  const second = await hands.issue('Describe it', `Depends on #${first}`);
  const third = await hands.issue('Paint it', '');
  for (const child of [first, second, third]) await hands.isSub(1, child);
}

const GAP = [
  '/session gap',
  'Current: no backups',
  'Gap: nobody restores',
  'Risk: all is lost',
  'Impact: high',
  'Mitigation: restore once a month',
  'Owner: alice',
  'Priority: P1',
  'Effort: 2',
].join('\n');

export const specialActs: Act[] = [
  { name: 'sweep', before: [session('bug-fix')], storm: (hands) => hands.say(1, '/session sweep') },
  {
    name: 'sweep-again',
    before: [session('bug-fix'), (hands) => hands.say(1, '/session sweep')],
    storm: (hands) => hands.say(1, '/session sweep'),
  },
  { name: 'incident', before: [session('bug-fix')], storm: (hands) => hands.issue('The shop is down', '', 'incident') },
  { name: 'sub-issue', before: [session('feature'), (hands) => hands.issue('A part')], storm: (hands) => hands.isSub(1, 2) },
  { name: 'plan', before: [family], storm: (hands) => hands.say(1, '/session plan') },
  { name: 'plan-run', before: [family], storm: (hands) => hands.say(1, '/session plan run') },
  {
    name: 'plan-stop',
    before: [family, (hands) => hands.say(1, '/session plan run')],
    storm: (hands) => hands.say(1, '/session plan stop'),
  },
  {
    name: 'idea',
    before: [session('idea-generation')],
    storm: (hands) => hands.say(1, '/session idea A map of shops i=9 c=9 e=7\n/session idea promote A map of shops'),
  },
  { name: 'gap', before: [session('quality-audit')], storm: (hands) => hands.say(1, GAP) },
  {
    name: 'measure',
    before: [session('performance')],
    storm: (hands) => hands.say(1, '/session measure checkout before=120ms after=80ms runs=5'),
  },
  {
    name: 'queue',
    before: [
      (hands) => hands.file('main', '.github/playcaller.yml', 'version: 1\ncapacity: 2\nreserve: 1\n'),
      session('bug-fix'),
      (hands) => hands.issue('Receipts are cut off', '', 'session:feature'),
    ],
    storm: (hands) => hands.say(1, '/session abandon Make room'),
  },
];
